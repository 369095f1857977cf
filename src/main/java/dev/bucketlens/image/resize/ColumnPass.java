package dev.bucketlens.image.resize;

/**
 * Resizes an image's width. Made for speed: rows go in pairs, whose six channels take three
 * multiplications, and the taps lie flat and are equally many for every output, missing ones with a
 * weight of zero. Confined to one decode.
 */
final class ColumnPass implements LineSink {

  /** What a bilinear filter needs when it shrinks to half at most, as after a reduced decoding. */
  private static final int FEW = 4;

  private static final int BITS = ResampleTable.PRECISION_BITS;
  private static final int UPPER_BITS = Integer.SIZE + BITS;
  private static final long HALVES = ResampleTable.HALF * ((1L << Integer.SIZE) + 1);

  private final int taps;
  private final int[] first;
  private final long[] weights;
  private final boolean overshoots;
  private final int lastRow;
  private final RowPair pair;
  private final int[] words;
  private final int[] upperLine;
  private final int[] lowerLine;
  private final LineSink next;

  /** The row that waits for its partner; -1 for none. */
  private int waiting = -1;

  /**
   * @param lastRow the number of the last row that will come
   */
  ColumnPass(ResampleTable table, int sourceWidth, int lastRow, LineSink next) {
    this.taps = Math.max(table.mostTaps(), FEW);
    this.first = new int[table.size()];
    this.weights = new long[table.size() * taps];
    boolean negative = false;
    for (int i = 0; i < first.length; i++) {
      first[i] = table.first(i);
      for (int tap = 0; tap < taps; tap++) {
        weights[i * taps + tap] = table.weight(i, tap);
        negative |= table.weight(i, tap) < 0;
      }
    }
    this.overshoots = negative;
    this.lastRow = lastRow;
    this.pair = new RowPair(sourceWidth, taps);
    this.words = new int[sourceWidth];
    this.upperLine = new int[3 * table.size()];
    this.lowerLine = new int[3 * table.size()];
    this.next = next;
  }

  @Override
  public void line(int y, int[] values) {
    for (int x = 0, at = 0; x < words.length; x++, at += 3) {
      words[x] = values[at] << 24 | values[at + 1] << 16 | values[at + 2] << 8;
    }
    words(y, words);
  }

  /**
   * Takes a row.
   *
   * @param row words, red in the highest byte, then green and blue
   */
  void words(int y, int[] row) {
    if (waiting >= 0) {
      pair.setLower(row);
      resample();
      next.line(waiting, upperLine);
      next.line(y, lowerLine);
      waiting = -1;
    } else {
      pair.setUpper(row);
      waiting = y;
      if (y == lastRow) {
        resample();
        next.line(y, upperLine);
      }
    }
  }

  private void resample() {
    if (taps == FEW && !overshoots) {
      resampleFew(pair.upper(), pair.lower(), pair.greens());
    } else {
      resampleMany(pair.upper(), pair.lower(), pair.greens());
    }
  }

  /**
   * Without an inner loop, whose start and end would cost more than its body, and without clipping:
   * weights that are not negative and add up to one, but for their rounding, stay within the range.
   */
  private void resampleFew(long[] a, long[] b, long[] g) {
    for (int i = 0; i < first.length; i++) {
      int x = first[i];
      long w0 = weights[FEW * i];
      long w1 = weights[FEW * i + 1];
      long w2 = weights[FEW * i + 2];
      long w3 = weights[FEW * i + 3];
      long upper = HALVES + a[x] * w0 + a[x + 1] * w1 + a[x + 2] * w2 + a[x + 3] * w3;
      long lower = HALVES + b[x] * w0 + b[x + 1] * w1 + b[x + 2] * w2 + b[x + 3] * w3;
      long green = HALVES + g[x] * w0 + g[x + 1] * w1 + g[x + 2] * w2 + g[x + 3] * w3;
      upperLine[3 * i] = (int) (upper >>> UPPER_BITS);
      upperLine[3 * i + 1] = (int) (green >>> UPPER_BITS);
      upperLine[3 * i + 2] = (int) upper >>> BITS;
      lowerLine[3 * i] = (int) (lower >>> UPPER_BITS);
      lowerLine[3 * i + 1] = (int) green >>> BITS;
      lowerLine[3 * i + 2] = (int) lower >>> BITS;
    }
  }

  private void resampleMany(long[] a, long[] b, long[] g) {
    for (int i = 0; i < first.length; i++) {
      long upper = HALVES;
      long lower = HALVES;
      long green = HALVES;
      int x = first[i];
      for (int k = i * taps; k < (i + 1) * taps; k++, x++) {
        upper += a[x] * weights[k];
        lower += b[x] * weights[k];
        green += g[x] * weights[k];
      }
      upperLine[3 * i] = clipUpper(upper);
      upperLine[3 * i + 1] = clipUpper(green);
      upperLine[3 * i + 2] = clipLower(upper);
      lowerLine[3 * i] = clipUpper(lower);
      lowerLine[3 * i + 1] = clipLower(green);
      lowerLine[3 * i + 2] = clipLower(lower);
    }
  }

  private static int clipLower(long sums) {
    return ResampleTable.clip((int) sums);
  }

  /** A negative sum in the lower half has borrowed from the upper one. */
  private static int clipUpper(long sums) {
    return ResampleTable.clip((int) ((sums - (int) sums) >> Integer.SIZE));
  }
}
