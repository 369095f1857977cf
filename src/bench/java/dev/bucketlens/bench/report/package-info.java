/** Raw results as CSV, and what is made of them: tables, plots, goals, the pages that show them. */
package dev.bucketlens.bench.report;
