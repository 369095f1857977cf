package dev.bucketlens.image.resize;

import java.util.Arrays;

/**
 * Resizes an image's height: keeps the last rows that came, as many as an output row is made of,
 * and hands each output row on as soon as its last one is there. Confined to one decode.
 */
final class RowPass implements LineSink {

  private final ResampleTable table;

  /** The source rows, each at its own number modulo the length. */
  private final int[][] ring;

  /** Of one output row. Ints, as the source rows are, for the JIT to vectorise. */
  private final int[] sums;

  private final LineSink next;
  private int nextOutput;

  /**
   * @param width of every row
   */
  RowPass(ResampleTable table, int width, LineSink next) {
    this.table = table;
    this.ring = new int[table.mostTaps()][3 * width];
    this.sums = new int[3 * width];
    this.next = next;
  }

  /** Whether row {@code y} is a part of an output row that is still to be made. */
  boolean wants(int y) {
    return nextOutput < table.size() && y >= table.first(nextOutput);
  }

  @Override
  public void line(int y, int[] values) {
    System.arraycopy(values, 0, row(y), 0, values.length);
    while (nextOutput < table.size() && table.last(nextOutput) == y) {
      weigh(nextOutput);
      clip(sums);
      next.line(nextOutput++, sums);
    }
  }

  private int[] row(int y) {
    return ring[y % ring.length];
  }

  /** Four rows a loop, which then reads and writes the sums a fourth as often. */
  private void weigh(int output) {
    Arrays.fill(sums, ResampleTable.HALF);
    int last = table.last(output);
    for (int y = table.first(output), tap = 0; y <= last; y += 4, tap += 4) {
      add(
          sums,
          row(y),
          row(Math.min(y + 1, last)),
          row(Math.min(y + 2, last)),
          row(Math.min(y + 3, last)),
          table.weight(output, tap),
          table.weight(output, tap + 1),
          table.weight(output, tap + 2),
          table.weight(output, tap + 3));
    }
  }

  private static void add(
      int[] sums, int[] a, int[] b, int[] c, int[] d, int wa, int wb, int wc, int wd) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += a[i] * wa + b[i] * wb + c[i] * wc + d[i] * wd;
    }
  }

  private static void clip(int[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] = ResampleTable.clip(sums[i]);
    }
  }
}
