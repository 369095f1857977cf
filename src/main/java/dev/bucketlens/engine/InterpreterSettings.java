package dev.bucketlens.engine;

/**
 * How an interpreter computes.
 *
 * @param threads how many threads share the work of one run, 1 or more
 * @param xnnpack whether XNNPACK's kernels take the graph, as they should: without them the same
 *     model needs about ten times as long
 */
public record InterpreterSettings(int threads, boolean xnnpack) {

  public InterpreterSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + "; it must be at least 1.");
    }
  }

  /** XNNPACK on the given number of threads. */
  public static InterpreterSettings onThreads(int threads) {
    return new InterpreterSettings(threads, true);
  }
}
