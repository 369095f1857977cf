package dev.bucketlens.image;

/**
 * Resamples rows of pixels to another width. Made for speed: the taps lie flat and are equally many
 * for every output, missing ones with a weight of zero, and red and blue share one multiplication.
 * Confined to one decode.
 */
final class ColumnPass {

  /** What a bilinear filter needs when it shrinks to half at most, as after a reduced decoding. */
  private static final int FEW = 4;

  private static final int HALF = 1 << (ResampleTable.PRECISION_BITS - 1);
  private static final long HALVES = ((long) HALF << 32) + HALF;

  private final int taps;
  private final int[] first;
  private final int[] weights;

  /** Red in the upper half, blue in the lower; beyond the row lie zeros for the missing taps. */
  private final long[] redBlue;

  private final int[] green;
  private final int width;

  ColumnPass(ResampleTable table, int sourceWidth) {
    int most = FEW;
    for (int i = 0; i < table.size(); i++) {
      most = Math.max(most, table.last(i) - table.first(i) + 1);
    }
    this.taps = most;
    this.first = new int[table.size()];
    this.weights = new int[table.size() * taps];
    for (int i = 0; i < first.length; i++) {
      first[i] = table.first(i);
      for (int k = 0; k <= table.last(i) - first[i]; k++) {
        weights[i * taps + k] = table.weight(i, k);
      }
    }
    this.width = sourceWidth;
    this.redBlue = new long[sourceWidth + taps];
    this.green = new int[sourceWidth + taps];
  }

  /** Resamples a row of RGB bytes; {@code out} receives three values for each pixel. */
  void run(byte[] rgb, int[] out) {
    for (int x = 0; x < width; x++) {
      redBlue[x] = ((long) (rgb[3 * x] & 0xFF) << 32) | (rgb[3 * x + 2] & 0xFF);
      green[x] = rgb[3 * x + 1] & 0xFF;
    }
    resample(out);
  }

  /** Resamples a row of words, red in the highest byte and blue in the third. */
  void run(int[] words, int[] out) {
    for (int x = 0; x < width; x++) {
      redBlue[x] = ((long) (words[x] >>> 24) << 32) | ((words[x] >>> 8) & 0xFF);
    }
    for (int x = 0; x < width; x++) {
      green[x] = (words[x] >>> 16) & 0xFF;
    }
    resample(out);
  }

  private void resample(int[] out) {
    if (taps == FEW) {
      resampleFew(out);
    } else {
      resampleMany(out);
    }
  }

  /** Without an inner loop, whose start and end would cost more than its body. */
  private void resampleFew(int[] out) {
    for (int i = 0; i < first.length; i++) {
      int x = first[i];
      int w0 = weights[FEW * i];
      int w1 = weights[FEW * i + 1];
      int w2 = weights[FEW * i + 2];
      int w3 = weights[FEW * i + 3];
      store(
          HALVES
              + redBlue[x] * w0
              + redBlue[x + 1] * w1
              + redBlue[x + 2] * w2
              + redBlue[x + 3] * w3,
          HALF + green[x] * w0 + green[x + 1] * w1 + green[x + 2] * w2 + green[x + 3] * w3,
          out,
          3 * i);
    }
  }

  private void resampleMany(int[] out) {
    for (int i = 0; i < first.length; i++) {
      long redAndBlue = HALVES;
      int greenSum = HALF;
      int x = first[i];
      for (int k = i * taps; k < (i + 1) * taps; k++, x++) {
        redAndBlue += redBlue[x] * weights[k];
        greenSum += green[x] * weights[k];
      }
      store(redAndBlue, greenSum, out, 3 * i);
    }
  }

  /** Takes the two sums apart: a negative blue one has borrowed from the red one. */
  private static void store(long redAndBlue, int green, int[] out, int at) {
    int blue = (int) redAndBlue;
    int red = (int) ((redAndBlue - blue) >> 32);
    out[at] = ResampleTable.clip(red);
    out[at + 1] = ResampleTable.clip(green);
    out[at + 2] = ResampleTable.clip(blue);
  }
}
