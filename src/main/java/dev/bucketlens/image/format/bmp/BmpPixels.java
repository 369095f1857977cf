package dev.bucketlens.image.format.bmp;

import dev.bucketlens.image.colour.Background;

/** Turns uncompressed BMP rows into RGB. */
final class BmpPixels {

  private final byte[] file;
  private final BmpHeader bmp;
  private final Background background;
  private final boolean alpha;

  /**
   * @param alpha whether the alpha that the header names is to be believed
   */
  BmpPixels(byte[] file, BmpHeader bmp, Background background, boolean alpha) {
    this.alpha = alpha;
    this.file = file;
    this.bmp = bmp;
    this.background = background;
  }

  /**
   * Converts a row.
   *
   * @param from where the row begins in the file; the row is inside the file
   */
  void convert(int from, byte[] rgb) {
    switch (bmp.bitCount()) {
      case 16, 32 -> convertMasked(from, rgb);
      case 24 -> convertBgr(from, rgb);
      default -> convertIndexed(from, rgb);
    }
  }

  private void convertIndexed(int from, byte[] rgb) {
    int depth = bmp.bitCount();
    int mask = (1 << depth) - 1;
    for (int x = 0; x < bmp.width(); x++) {
      int bit = x * depth;
      int index = file[from + (bit >> 3)] >> (8 - depth - (bit & 7)) & mask;
      System.arraycopy(bmp.palette(), 3 * index, rgb, 3 * x, 3);
    }
  }

  private void convertBgr(int from, byte[] rgb) {
    for (int at = 0; at < 3 * bmp.width(); at += 3) {
      rgb[at] = file[from + at + 2];
      rgb[at + 1] = file[from + at + 1];
      rgb[at + 2] = file[from + at];
    }
  }

  private void convertMasked(int from, byte[] rgb) {
    int[] masks = bmp.masks();
    int bytes = bmp.bitCount() / 8;
    int at = from;
    for (int x = 0; x < bmp.width(); x++, at += bytes) {
      int pixel = pixel(file, at, bytes);
      int opacity = alpha ? channel(pixel, masks[3]) : 255;
      background.compose(
          channel(pixel, masks[0]),
          channel(pixel, masks[1]),
          channel(pixel, masks[2]),
          opacity,
          rgb,
          3 * x);
    }
  }

  /** Returns a pixel of two or four bytes, lowest first. */
  static int pixel(byte[] file, int at, int bytes) {
    int low = (file[at] & 0xFF) | (file[at + 1] & 0xFF) << 8;
    return bytes == 2 ? low : low | (file[at + 2] & 0xFF) << 16 | (file[at + 3] & 0xFF) << 24;
  }

  /** Scales the masked bits to 0 to 255. */
  private static int channel(int pixel, int mask) {
    if (mask == 0) {
      return 0;
    }
    int shift = Integer.numberOfTrailingZeros(mask);
    long most = (mask & 0xFFFF_FFFFL) >> shift;
    long value = (pixel & mask & 0xFFFF_FFFFL) >> shift;
    return (int) (value * 255 / most);
  }
}
