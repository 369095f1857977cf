package dev.bucketlens.bench;

import java.util.List;

/**
 * A photo of the warm measurements.
 *
 * @param name of its file
 * @param count how often it is worked on at a time
 * @param warmUp how often a JVM works on it first, which compiles its hot code meanwhile
 */
record WarmPhoto(String name, int count, int warmUp) {
  static final List<WarmPhoto> SCORED =
      List.of(new WarmPhoto("400x533.jpg", 20, 300), new WarmPhoto("4000x3000.jpg", 8, 50));

  static final List<WarmPhoto> DECODED =
      List.of(
          new WarmPhoto("400x533.jpg", 20, 1000),
          new WarmPhoto("4000x3000.jpg", 4, 60),
          new WarmPhoto("4000x3000-progressive.jpg", 2, 10),
          new WarmPhoto("4000x3000.png", 2, 10),
          new WarmPhoto("4000x3000.webp", 2, 10));

  /** The same with a share of its warm-up, for a quick look. */
  WarmPhoto warmed(String share) {
    return new WarmPhoto(name, count, (int) Math.ceil(warmUp * Double.parseDouble(share)));
  }

  /** As many megapixels as a phone's. */
  boolean isLarge() {
    return name.startsWith("4000x3000");
  }

  /** What a loop is asked for. */
  String order() {
    return Settings.generated(name) + " " + count;
  }
}
