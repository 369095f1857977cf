package dev.bucketlens.engine;

import dev.bucketlens.flatbuffer.MalformedException;

/** Numbers by which one part of a model names another. */
final class References {

  private References() {}

  /**
   * Passes if there are more than {@code index} of what it counts.
   *
   * @throws MalformedException otherwise, such as {@code subgraphs[0].inputs[1]: tensor 312 of 240}
   */
  static void require(String path, long index, String what, int count) throws MalformedException {
    if (index < 0 || index >= count) {
      throw new MalformedException("%s: %s %d of %d".formatted(path, what, index, count));
    }
  }
}
