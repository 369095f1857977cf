package dev.bucketlens.image.resize;

import dev.bucketlens.image.ImageInfo;
import dev.bucketlens.image.ResizeFilter;

/**
 * A framing in the terms of the stored pixels: before the photo is turned upright, and after its
 * decoding at a reduced size. Resampling happens there, because a small result is turned cheaply.
 *
 * @param sourceWidth of the stored, reduced rows
 */
public record StoredFraming(
    int sourceWidth, ResampleTable columns, ResampleTable rows, boolean columnsFirst) {

  /**
   * Turns a framing round into the stored pixels.
   *
   * @param upright the size of the upright original
   * @param width of the stored, reduced rows
   * @param height how many such rows there are
   */
  public static StoredFraming of(
      Framing framing,
      ImageInfo upright,
      Orientation orientation,
      int width,
      int height,
      ResizeFilter filter) {
    boolean swaps = orientation.swapsAxes();
    ResampleTable across =
        table(
            filter,
            swaps ? height : width,
            upright.width(),
            framing.left(),
            framing.partWidth(),
            framing.width());
    ResampleTable down =
        table(
            filter,
            swaps ? width : height,
            upright.height(),
            framing.top(),
            framing.partHeight(),
            framing.height());
    ResampleTable columns = swaps ? down : across;
    ResampleTable rows = swaps ? across : down;
    return new StoredFraming(
        width,
        orientation.mirrorsColumns() ? columns.mirrored(width) : columns,
        orientation.mirrorsRows() ? rows.mirrored(height) : rows,
        columnsFirst(framing) != swaps);
  }

  /**
   * Pillow's choice: the upright columns first, unless the height shrinks by more than twice what
   * the width does. The order shows where a cubic filter overshoots and is clipped between the
   * passes.
   */
  private static boolean columnsFirst(Framing framing) {
    int lessHigh = framing.partHeight() - framing.height();
    int lessWide = framing.partWidth() - framing.width();
    return lessHigh <= 0 || lessHigh <= 2 * lessWide;
  }

  /**
   * @param sources pixels of the decoded axis
   * @param full pixels of the same axis before reduction
   * @param from where the part begins, in full pixels
   */
  private static ResampleTable table(
      ResizeFilter filter, int sources, int full, int from, int length, int size) {
    double scale = (double) sources / full;
    return ResampleTable.of(filter, sources, from * scale, (from + length) * scale, size);
  }

  public Resampler resampler() {
    return new Resampler(sourceWidth, columns, rows, columnsFirst);
  }
}
