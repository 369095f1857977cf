package dev.bucketlens.image;

/**
 * What an image may cost. All are checked from the header alone, before memory is taken for pixels.
 *
 * @param maxBytes largest file, in bytes
 * @param maxPixels largest width times height, in pixels
 * @param maxSide largest width or height, in pixels
 * @param minSide smallest width or height, in pixels; below it a classification means nothing
 */
public record ImageLimits(long maxBytes, long maxPixels, int maxSide, int minSide) {

  private static final ImageLimits DEFAULTS =
      new ImageLimits(20L * 1024 * 1024, 100_000_000L, 30_000, 2);

  public ImageLimits {
    positive("maxBytes", maxBytes);
    positive("maxPixels", maxPixels);
    positive("maxSide", maxSide);
    positive("minSide", minSide);
    if (minSide > maxSide) {
      throw new IllegalArgumentException(
          "minSide is %d, above maxSide %d: lower it".formatted(minSide, maxSide));
    }
  }

  /** Returns 20 MB, 100 megapixels, sides of 2 to 30,000 pixels. */
  public static ImageLimits defaults() {
    return DEFAULTS;
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s is %d: set at least 1".formatted(name, value));
    }
  }
}
