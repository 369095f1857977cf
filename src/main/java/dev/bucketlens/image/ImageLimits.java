package dev.bucketlens.image;

/**
 * What an image may cost. All are checked from the header alone, before memory is taken for pixels.
 *
 * @param maxBytes largest file, in bytes
 * @param maxPixels largest width times height, in pixels
 * @param maxSide largest width or height, in pixels
 * @param minSide smallest width or height, in pixels; below it a classification means nothing
 * @param maxMemory most memory that a decode may take, in bytes; a progressive JPEG or an
 *     interlaced PNG needs more than its pixels
 * @param maxScans most scans of a progressive JPEG; each costs a pass over the whole photo, and ten
 *     are usual
 */
public record ImageLimits(
    long maxBytes, long maxPixels, int maxSide, int minSide, long maxMemory, int maxScans) {

  private static final ImageLimits DEFAULTS =
      new ImageLimits(20L * 1024 * 1024, 100_000_000L, 30_000, 2, 640L * 1024 * 1024, 64);

  public ImageLimits {
    positive("maxBytes", maxBytes);
    positive("maxPixels", maxPixels);
    positive("maxSide", maxSide);
    positive("minSide", minSide);
    positive("maxMemory", maxMemory);
    positive("maxScans", maxScans);
    if (minSide > maxSide) {
      throw new IllegalArgumentException(
          "minSide is %d, above maxSide %d: lower it".formatted(minSide, maxSide));
    }
  }

  /** Returns 20 MB, 100 megapixels, sides of 2 to 30,000 pixels, 640 MB of memory, 64 scans. */
  public static ImageLimits defaults() {
    return DEFAULTS;
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s is %d: set at least 1".formatted(name, value));
    }
  }
}
