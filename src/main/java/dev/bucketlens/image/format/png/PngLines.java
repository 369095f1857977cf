package dev.bucketlens.image.format.png;

import dev.bucketlens.image.ImageRejectedException;

/** The restored lines of a PNG, or of one of its interlaced passes, one after the other. */
final class PngLines {

  private final PngChunks data;
  private final int length;
  private final int pixel;
  private byte[] line;
  private byte[] above;

  PngLines(PngHeader png, PngChunks data, int pixels) {
    this.data = data;
    this.length = 1 + png.lineBytes(pixels);
    this.pixel = Math.max(png.bitsPerPixel() / 8, 1);
    this.line = new byte[length];
    this.above = new byte[length];
  }

  /** Returns the next line, with its filter byte before it; valid until the next but one. */
  byte[] next() throws ImageRejectedException {
    byte[] next = above;
    above = line;
    line = next;
    data.read(line, length);
    PngFilter.restore(line, above, length, pixel);
    return line;
  }
}
