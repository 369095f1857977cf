package dev.bucketlens.bench;

import java.util.List;

/**
 * A photo of the warm measurements.
 *
 * @param name of its file
 * @param count how often it is scored in a round
 * @param warmUp how often a JVM scores it first, which compiles its hot code meanwhile
 */
record WarmPhoto(String name, int count, int warmUp) {
  static final List<WarmPhoto> ALL =
      List.of(new WarmPhoto("400x533.jpg", 20, 300), new WarmPhoto("4000x3000.jpg", 8, 50));
}
