package dev.bucketlens.engine;

import java.util.List;
import java.util.Set;

/**
 * A subgraph that was verified.
 *
 * @param inputs the numbers of the tensors that are given to it
 * @param outputs the numbers of the tensors that are read from it
 * @param calls the numbers of the subgraphs that its operators run
 */
record Graph(List<Integer> inputs, List<Integer> outputs, Set<Integer> calls) {}
