package dev.bucketlens.image.format.png;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.bucketlens.image.colour.Background;
import java.lang.foreign.MemorySegment;

/** Turns a PNG's samples, of any depth and colour type, into RGB composed on the background. */
final class PngPixels {

  private final PngHeader png;
  private final Background background;
  private final int bytesPerSample;

  /** For gray, RGB: the transparent colour; -1 in the first if there is none. */
  private final int[] transparentColour = {-1, -1, -1};

  /** For palettes and gray up to 8 bits: composed RGB by sample value. */
  private final byte[] table;

  /** A line's bytes, where Java can reach them. */
  private byte[] bytes = new byte[0];

  PngPixels(PngHeader png, Background background) {
    this.png = png;
    this.background = background;
    this.bytesPerSample = png.bitDepth() == 16 ? 2 : 1;
    readTransparentColour();
    this.table = new byte[3 * 256];
    if (png.colorType() == PngHeader.PALETTE) {
      tabulatePalette();
    } else if (png.colorType() == PngHeader.GRAY && png.bitDepth() <= 8) {
      tabulateGray();
    }
  }

  private void readTransparentColour() {
    byte[] values = png.transparency();
    int channels =
        switch (png.colorType()) {
          case PngHeader.GRAY -> 1;
          case PngHeader.RGB -> 3;
          default -> 0;
        };
    if (values.length >= 2 * channels) {
      for (int i = 0; i < channels; i++) {
        transparentColour[i] = ((values[2 * i] & 0xFF) << 8) | (values[2 * i + 1] & 0xFF);
      }
    }
  }

  private void tabulatePalette() {
    byte[] palette = png.palette();
    byte[] alphas = png.transparency();
    for (int i = 0; i < 256 && 3 * i + 2 < palette.length; i++) {
      int alpha = i < alphas.length ? alphas[i] & 0xFF : 255;
      background.compose(
          palette[3 * i] & 0xFF,
          palette[3 * i + 1] & 0xFF,
          palette[3 * i + 2] & 0xFF,
          alpha,
          table,
          3 * i);
    }
  }

  private void tabulateGray() {
    int max = (1 << png.bitDepth()) - 1;
    for (int i = 0; i <= max; i++) {
      int gray = i * 255 / max;
      background.compose(gray, gray, gray, i == transparentColour[0] ? 0 : 255, table, 3 * i);
    }
  }

  /** Whether a line's samples are red, green and blue bytes already, with nothing to compose. */
  boolean areRgb() {
    return png.colorType() == PngHeader.RGB && png.bitDepth() == 8 && transparentColour[0] < 0;
  }

  /**
   * Converts a line.
   *
   * @param samples of the line, restored
   * @param to index of the first pixel's red byte in {@code rgb}
   * @param step bytes from one pixel to the next in {@code rgb}
   */
  void convert(MemorySegment samples, int pixels, byte[] rgb, int to, int step) {
    byte[] line = bytes(samples);
    switch (png.colorType()) {
      case PngHeader.RGB -> convertRgb(line, pixels, rgb, to, step);
      case PngHeader.RGB_ALPHA -> convertAlpha(line, pixels, 4, rgb, to, step);
      case PngHeader.GRAY_ALPHA -> convertAlpha(line, pixels, 2, rgb, to, step);
      default -> {
        if (png.bitDepth() == 16) {
          convertGray16(line, pixels, rgb, to, step);
        } else {
          convertTable(line, pixels, rgb, to, step);
        }
      }
    }
  }

  private byte[] bytes(MemorySegment samples) {
    int length = (int) samples.byteSize();
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    MemorySegment.copy(samples, JAVA_BYTE, 0, bytes, 0, length);
    return bytes;
  }

  private void convertTable(byte[] line, int pixels, byte[] rgb, int to, int step) {
    int depth = png.bitDepth();
    int mask = (1 << depth) - 1;
    int at = to;
    for (int x = 0; x < pixels; x++, at += step) {
      int bit = x * depth;
      int sample = line[bit >> 3] >> (8 - depth - (bit & 7)) & mask;
      rgb[at] = table[3 * sample];
      rgb[at + 1] = table[3 * sample + 1];
      rgb[at + 2] = table[3 * sample + 2];
    }
  }

  private void convertGray16(byte[] line, int pixels, byte[] rgb, int to, int step) {
    int at = to;
    for (int x = 0; x < pixels; x++, at += step) {
      int gray = line[2 * x] & 0xFF;
      int low = line[2 * x + 1] & 0xFF;
      int alpha = (gray << 8 | low) == transparentColour[0] ? 0 : 255;
      background.compose(gray, gray, gray, alpha, rgb, at);
    }
  }

  private void convertRgb(byte[] line, int pixels, byte[] rgb, int to, int step) {
    boolean keyed = transparentColour[0] >= 0;
    int from = 0;
    int at = to;
    for (int x = 0; x < pixels; x++, from += 3 * bytesPerSample, at += step) {
      if (keyed && isTransparent(line, from)) {
        background.compose(0, 0, 0, 0, rgb, at);
      } else {
        rgb[at] = line[from];
        rgb[at + 1] = line[from + bytesPerSample];
        rgb[at + 2] = line[from + 2 * bytesPerSample];
      }
    }
  }

  private boolean isTransparent(byte[] line, int from) {
    for (int i = 0; i < 3; i++) {
      int at = from + i * bytesPerSample;
      int sample = line[at] & 0xFF;
      int value = bytesPerSample == 2 ? (sample << 8) | (line[at + 1] & 0xFF) : sample;
      if (value != transparentColour[i]) {
        return false;
      }
    }
    return true;
  }

  private void convertAlpha(byte[] line, int pixels, int channels, byte[] rgb, int to, int step) {
    int green = channels == 4 ? bytesPerSample : 0;
    int last = (channels - 1) * bytesPerSample;
    int from = 0;
    int at = to;
    for (int x = 0; x < pixels; x++, from += channels * bytesPerSample, at += step) {
      background.compose(
          line[from] & 0xFF,
          line[from + green] & 0xFF,
          line[from + 2 * green] & 0xFF,
          line[from + last] & 0xFF,
          rgb,
          at);
    }
  }
}
