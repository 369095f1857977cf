package dev.bucketlens.image.format.jpeg;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.resize.RowSink;
import java.lang.foreign.MemorySegment;

/**
 * Leptonica's raster: 32-bit words in the machine's byte order, each one pixel (red in the highest
 * byte) or four gray ones (the leftmost in the highest byte). Valid while its pix lives.
 */
final class JpegPixels {

  private static final int GRAY = 8;

  private final MemorySegment words;
  private final int width;
  private final int height;
  private final int depth;
  private final int[] line;

  private JpegPixels(MemorySegment words, int width, int height, int depth, int wordsPerLine) {
    this.words = words;
    this.width = width;
    this.height = height;
    this.depth = depth;
    this.line = new int[wordsPerLine];
  }

  static JpegPixels of(JpegLibrary library, MemorySegment pix) {
    return new JpegPixels(
        library.data(pix),
        library.width(pix),
        library.height(pix),
        library.depth(pix),
        library.wordsPerLine(pix));
  }

  void requireSize(int expectedWidth, int expectedHeight) throws ImageRejectedException {
    if (width != expectedWidth || height != expectedHeight || (depth != GRAY && depth != 32)) {
      throw new ImageRejectedException(RejectionCode.CORRUPT);
    }
  }

  int height() {
    return height;
  }

  void copyTo(RowSink sink) {
    byte[] rgb = new byte[depth == GRAY ? 3 * width : 0];
    for (int y = 0; y < height; y++) {
      if (sink.wants(y)) {
        readLine(y);
        if (depth == GRAY) {
          unpackGray(rgb);
          sink.row(y, rgb);
        } else {
          sink.row(y, line);
        }
      }
    }
  }

  private void readLine(int y) {
    MemorySegment.copy(words, JAVA_INT, 4L * line.length * y, line, 0, line.length);
  }

  private void unpackGray(byte[] rgb) {
    int at = 0;
    for (int x = 0; x < width; x++, at += 3) {
      byte gray = (byte) (line[x >> 2] >>> (24 - 8 * (x & 3)));
      rgb[at] = gray;
      rgb[at + 1] = gray;
      rgb[at + 2] = gray;
    }
  }

  /**
   * Returns how many rows at the bottom show one flat colour: what libjpeg makes of data that is
   * not there.
   */
  int flatRowsAtEnd() {
    readLine(height - 1);
    int rows = 0;
    int colour = pixel(width - 1);
    while (rows < height && isFlat(height - 1 - rows, colour)) {
      rows++;
    }
    return rows;
  }

  private boolean isFlat(int y, int colour) {
    readLine(y);
    for (int x = 0; x < width; x++) {
      if (pixel(x) != colour) {
        return false;
      }
    }
    return true;
  }

  private int pixel(int x) {
    return depth == GRAY ? line[x >> 2] >>> (24 - 8 * (x & 3)) & 0xFF : line[x] >>> 8;
  }
}
