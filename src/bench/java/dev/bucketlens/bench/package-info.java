/**
 * What measures the program: starts it as Lambda does, beside the same function in Python, and
 * counts. Never deployed.
 */
package dev.bucketlens.bench;
