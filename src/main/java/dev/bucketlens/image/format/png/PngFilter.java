package dev.bucketlens.image.format.png;

import dev.bucketlens.image.ImageRejectedException;

/** Undoes the five line filters of PNG (ISO/IEC 15948, 9.2). */
final class PngFilter {

  private PngFilter() {}

  /**
   * Restores a line in place.
   *
   * @param line its filter byte, then its pixels
   * @param above the restored line above, or zeros
   * @param length of a line with its filter byte
   * @param pixel bytes from a byte to the same byte of the pixel to its left, at least 1
   */
  static void restore(byte[] line, byte[] above, int length, int pixel)
      throws ImageRejectedException {
    switch (line[0]) {
      case 0 -> {}
      case 1 -> left(line, length, pixel);
      case 2 -> up(line, above, length);
      case 3 -> average(line, above, length, pixel);
      case 4 -> paeth(line, above, length, pixel);
      default -> throw PngHeader.corrupt("uses an unknown filter");
    }
  }

  private static void left(byte[] line, int length, int pixel) {
    for (int i = 1 + pixel; i < length; i++) {
      line[i] += line[i - pixel];
    }
  }

  private static void up(byte[] line, byte[] above, int length) {
    for (int i = 1; i < length; i++) {
      line[i] += above[i];
    }
  }

  private static void average(byte[] line, byte[] above, int length, int pixel) {
    int first = Math.min(1 + pixel, length);
    for (int i = 1; i < first; i++) {
      line[i] += (byte) ((above[i] & 0xFF) >> 1);
    }
    for (int i = first; i < length; i++) {
      line[i] += (byte) (((line[i - pixel] & 0xFF) + (above[i] & 0xFF)) >> 1);
    }
  }

  private static void paeth(byte[] line, byte[] above, int length, int pixel) {
    int first = Math.min(1 + pixel, length);
    for (int i = 1; i < first; i++) {
      line[i] += above[i];
    }
    for (int i = first; i < length; i++) {
      int left = line[i - pixel] & 0xFF;
      int up = above[i] & 0xFF;
      int corner = above[i - pixel] & 0xFF;
      int toLeft = Math.abs(up - corner);
      int toUp = Math.abs(left - corner);
      int toCorner = Math.abs(left + up - 2 * corner);
      int nearest = toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
      line[i] += (byte) nearest;
    }
  }
}
