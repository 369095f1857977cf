package dev.bucketlens.image;

import java.util.Arrays;

/**
 * Resizes an image while its rows arrive, in Pillow's two fixed-point passes with 8 bits between
 * them. Holds only the rows that the next output row is made of. Confined to one decode.
 */
final class Resampler implements RowSink {

  private final ResampleTable columns;
  private final ResampleTable rows;
  private final boolean columnsFirst;

  /** The last rows, each at its own number modulo the length. */
  private final byte[][] window;

  /** One output row between the passes. */
  private final byte[] between;

  private final int[] sums;
  private final byte[] result;
  private int nextOutput;

  /**
   * @param columnsFirst whether the stored columns are resampled before the rows; Pillow takes the
   *     upright columns first, so a photo that lies on its side needs its rows first
   */
  Resampler(int sourceWidth, ResampleTable columns, ResampleTable rows, boolean columnsFirst) {
    this.columns = columns;
    this.rows = rows;
    this.columnsFirst = columnsFirst;
    int rowLength = 3 * (columnsFirst ? columns.size() : sourceWidth);
    this.window = new byte[rows.taps()][rowLength];
    this.between = new byte[rowLength];
    this.sums = new int[rowLength];
    this.result = new byte[3 * columns.size() * rows.size()];
  }

  @Override
  public boolean wants(int y) {
    return nextOutput < rows.size() && y >= rows.first(nextOutput);
  }

  @Override
  public void row(int y, byte[] rgb) {
    if (!wants(y)) {
      return;
    }
    byte[] kept = window[y % window.length];
    if (columnsFirst) {
      columns.resampleRow(rgb, kept, 0);
    } else {
      System.arraycopy(rgb, 0, kept, 0, kept.length);
    }
    while (nextOutput < rows.size() && rows.last(nextOutput) == y) {
      finish(nextOutput++);
    }
  }

  private void finish(int output) {
    int at = 3 * columns.size() * output;
    if (columnsFirst) {
      resampleColumn(output, result, at);
    } else {
      resampleColumn(output, between, 0);
      columns.resampleRow(between, result, at);
    }
  }

  private void resampleColumn(int output, byte[] out, int at) {
    Arrays.fill(sums, 1 << (ResampleTable.PRECISION_BITS - 1));
    for (int y = rows.first(output); y <= rows.last(output); y++) {
      add(window[y % window.length], rows.weight(output, y - rows.first(output)), sums);
    }
    for (int i = 0; i < sums.length; i++) {
      out[at + i] = ResampleTable.clip(sums[i]);
    }
  }

  private static void add(byte[] row, int weight, int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += (row[i] & 0xFF) * weight;
    }
  }

  /**
   * Returns the result, once every row has come.
   *
   * @throws ImageRejectedException if rows are missing
   */
  RgbImage image() throws ImageRejectedException {
    if (nextOutput < rows.size()) {
      throw new ImageRejectedException(RejectionCode.TRUNCATED);
    }
    return new RgbImage(columns.size(), rows.size(), result);
  }
}
