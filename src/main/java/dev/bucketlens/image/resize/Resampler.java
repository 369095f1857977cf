package dev.bucketlens.image.resize;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RgbImage;

/**
 * Resizes an image while its rows arrive, in Pillow's two fixed-point passes with 8 bits between
 * them. Rows walk from pass to pass onto the canvas; no photo is kept. Confined to one decode.
 */
public final class Resampler implements RowSink {

  private final boolean columnsFirst;
  private final ColumnPass columnPass;
  private final RowPass rowPass;
  private final RgbCanvas canvas;
  private final int[] words;
  private final int[] values;

  /**
   * @param columnsFirst whether the stored columns are resampled before the rows; Pillow takes the
   *     upright columns first, so a photo that lies on its side needs its rows first
   */
  Resampler(int sourceWidth, ResampleTable columns, ResampleTable rows, boolean columnsFirst) {
    int width = columns.size();
    int lastOutput = rows.size() - 1;
    this.columnsFirst = columnsFirst;
    this.canvas = new RgbCanvas(width, rows.size());
    if (columnsFirst) {
      this.rowPass = new RowPass(rows, width, canvas);
      this.columnPass = new ColumnPass(columns, sourceWidth, rows.last(lastOutput), rowPass);
    } else {
      this.columnPass = new ColumnPass(columns, sourceWidth, lastOutput, canvas);
      this.rowPass = new RowPass(rows, sourceWidth, columnPass);
    }
    this.words = new int[sourceWidth];
    this.values = new int[columnsFirst ? 0 : 3 * sourceWidth];
  }

  @Override
  public boolean wants(int y) {
    return rowPass.wants(y);
  }

  @Override
  public void row(int y, byte[] rgb) {
    for (int x = 0, at = 0; x < words.length; x++, at += 3) {
      words[x] = rgb[at] << 24 | (rgb[at + 1] & 0xFF) << 16 | (rgb[at + 2] & 0xFF) << 8;
    }
    row(y, words);
  }

  @Override
  public void row(int y, int[] words) {
    if (!wants(y)) {
      return;
    }
    if (columnsFirst) {
      columnPass.words(y, words);
    } else {
      unpack(words);
      rowPass.line(y, values);
    }
  }

  private void unpack(int[] words) {
    for (int x = 0, at = 0; at < values.length; x++, at += 3) {
      values[at] = words[x] >>> 24;
      values[at + 1] = words[x] >>> 16 & 0xFF;
      values[at + 2] = words[x] >>> 8 & 0xFF;
    }
  }

  /**
   * Returns the result, once every row has come.
   *
   * @throws ImageRejectedException if rows are missing
   */
  public RgbImage image() throws ImageRejectedException {
    return canvas.image();
  }
}
