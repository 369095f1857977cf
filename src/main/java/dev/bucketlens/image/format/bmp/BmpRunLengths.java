package dev.bucketlens.image.format.bmp;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.input.ByteReader;

/** BMP's run-length encodings, RLE8 and RLE4. */
final class BmpRunLengths {

  private static final int END_OF_LINE = 0;
  private static final int END_OF_BITMAP = 1;
  private static final int DELTA = 2;

  private final ByteReader reader;
  private final BmpHeader bmp;
  private final byte[] indices;

  /** The next pixel, in stored rows. */
  private int x;

  private int y;

  BmpRunLengths(ByteReader reader, BmpHeader bmp) {
    this.reader = reader;
    this.bmp = bmp;
    this.indices = new byte[bmp.width() * bmp.height()];
  }

  /** Returns the palette index of every pixel, in stored order; skipped pixels have index 0. */
  byte[] decode() throws ImageRejectedException {
    while (y < bmp.height()) {
      int count = reader.u8();
      int value = reader.u8();
      if (count > 0) {
        run(count, value);
      } else if (value == END_OF_BITMAP) {
        break;
      } else {
        escape(value);
      }
    }
    return indices;
  }

  private void run(int count, int value) {
    for (int i = 0; i < count && x < bmp.width(); i++) {
      put(bmp.bitCount() == 8 ? value : i % 2 == 0 ? value >> 4 : value & 0xF);
    }
  }

  private void escape(int value) throws ImageRejectedException {
    switch (value) {
      case END_OF_LINE -> {
        x = 0;
        y++;
      }
      case DELTA -> {
        x += reader.u8();
        y += reader.u8();
      }
      default -> literals(value);
    }
  }

  private void literals(int count) throws ImageRejectedException {
    int bytes = bmp.bitCount() == 8 ? count : (count + 1) / 2;
    byte[] values = reader.bytes(bytes);
    for (int i = 0; i < count; i++) {
      int value = bmp.bitCount() == 8 ? values[i] : values[i / 2] >> (i % 2 == 0 ? 4 : 0) & 0xF;
      put(value);
    }
    reader.skip(Math.min(bytes % 2, reader.remaining()));
  }

  /** A pixel outside its row is dropped, as viewers do. */
  private void put(int index) {
    if (x < bmp.width() && y < bmp.height()) {
      indices[y * bmp.width() + x++] = (byte) index;
    }
  }
}
