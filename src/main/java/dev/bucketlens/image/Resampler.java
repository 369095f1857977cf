package dev.bucketlens.image;

/**
 * Resizes an image while its rows arrive, in Pillow's two fixed-point passes with 8 bits between
 * them. Each row is added at once to the output rows that it is a part of; none is kept. Confined
 * to one decode.
 */
final class Resampler implements RowSink {

  private static final int HALF = 1 << (ResampleTable.PRECISION_BITS - 1);

  private final int width;
  private final ColumnPass columns;
  private final ResampleTable rows;
  private final boolean columnsFirst;

  /** The row that came, after its own pass if that comes first. Ints, for the JIT to vectorise. */
  private final int[] line;

  /** The output rows in progress, each at its own number modulo the length. */
  private final int[][] sums;

  /** One output row between the passes, if the rows come first. */
  private final byte[] between;

  private final int[] output;
  private final byte[] result;
  private int nextOutput;

  /**
   * @param columnsFirst whether the stored columns are resampled before the rows; Pillow takes the
   *     upright columns first, so a photo that lies on its side needs its rows first
   */
  Resampler(int sourceWidth, ResampleTable columns, ResampleTable rows, boolean columnsFirst) {
    this.width = columns.size();
    this.columns = new ColumnPass(columns, sourceWidth);
    this.rows = rows;
    this.columnsFirst = columnsFirst;
    this.line = new int[3 * (columnsFirst ? width : sourceWidth)];
    this.sums = new int[rows.overlap()][line.length];
    this.between = new byte[columnsFirst ? 0 : line.length];
    this.output = new int[3 * width];
    this.result = new byte[3 * width * rows.size()];
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
    if (columnsFirst) {
      columns.run(rgb, line);
    } else {
      for (int i = 0; i < line.length; i++) {
        line[i] = rgb[i] & 0xFF;
      }
    }
    addLine(y);
  }

  @Override
  public void row(int y, int[] words) {
    if (!wants(y)) {
      return;
    }
    if (columnsFirst) {
      columns.run(words, line);
    } else {
      for (int at = 0; at < line.length; at += 3) {
        int word = words[at / 3];
        line[at] = word >>> 24;
        line[at + 1] = (word >>> 16) & 0xFF;
        line[at + 2] = (word >>> 8) & 0xFF;
      }
    }
    addLine(y);
  }

  private void addLine(int y) {
    for (int i = nextOutput; i < rows.size() && rows.first(i) <= y; i++) {
      int[] sum = sums[i % sums.length];
      int weight = rows.weight(i, y - rows.first(i));
      if (y == rows.first(i)) {
        begin(sum, line, weight);
      } else {
        add(sum, line, weight);
      }
    }
    while (nextOutput < rows.size() && rows.last(nextOutput) == y) {
      finish(nextOutput++);
    }
  }

  private static void begin(int[] sums, int[] line, int weight) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = HALF + line[i] * weight;
    }
  }

  private static void add(int[] sums, int[] line, int weight) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += line[i] * weight;
    }
  }

  private void finish(int row) {
    int at = 3 * width * row;
    int[] sum = sums[row % sums.length];
    if (columnsFirst) {
      clip(sum, result, at);
      return;
    }
    clip(sum, between, 0);
    columns.run(between, output);
    for (int i = 0; i < output.length; i++) {
      result[at + i] = (byte) output[i];
    }
  }

  private static void clip(int[] sums, byte[] out, int at) {
    for (int i = 0; i < sums.length; i++) {
      out[at + i] = (byte) ResampleTable.clip(sums[i]);
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
    return new RgbImage(width, rows.size(), result);
  }
}
