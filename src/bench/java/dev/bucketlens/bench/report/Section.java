package dev.bucketlens.bench.report;

import java.util.function.Function;

/**
 * A table of the page.
 *
 * @param name of its place in the page
 * @param file the raw results
 * @param table makes it of them
 */
record Section(String name, String file, Function<Results, String> table) {}
