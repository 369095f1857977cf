package dev.bucketlens.image.resize;

import dev.bucketlens.image.ImageInfo;
import dev.bucketlens.image.ResizeFilter;

/**
 * A framing in the terms of the stored pixels: before the photo is turned upright, and after its
 * decoding at a reduced size. Resampling happens there; each pixel of the result is then written to
 * its upright place.
 *
 * @param sourceWidth of the stored, reduced rows
 * @param sourceHeight how many of them there are
 * @param columnsFirst whether the stored columns are resampled before the rows; Pillow takes the
 *     upright columns first, so a photo that lies on its side needs its rows first
 */
public record StoredFraming(
    int sourceWidth,
    int sourceHeight,
    ResampleTable columns,
    ResampleTable rows,
    boolean columnsFirst,
    Orientation orientation) {

  /** Bytes that native code takes beside rows and tables. */
  private static final long OVERHEAD = 8192;

  /** Rows that native code keeps beside those that one output is made of. */
  private static final int ROWS_BESIDE = 9;

  /** Bytes by which native code makes its rows longer, at most. */
  private static final int BESIDE_ROW = 128;

  /**
   * Turns what is wanted of the upright image back to how the file stores it.
   *
   * @param framing what part of the upright image is wanted, and at which size
   * @param upright the size of the whole, upright
   * @param width of the rows that the decoder gives, in pixels; a reduced decoding gives fewer
   * @param height of them
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
        height,
        orientation.mirrorsColumns() ? columns.mirrored(width) : columns,
        orientation.mirrorsRows() ? rows.mirrored(height) : rows,
        columnsFirst(framing) != swaps,
        orientation);
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

  /** Returns the memory in bytes that a {@link Resizer} takes, at most, beside the result. */
  public long memory(int channels) {
    long source = (long) channels * sourceWidth + BESIDE_ROW;
    long result = (long) channels * columns.size() + BESIDE_ROW;
    long kept = rows.mostTaps() * (columnsFirst ? result : source);
    return OVERHEAD + kept + ROWS_BESIDE * (source + result) + columns.memory() + rows.memory();
  }

  int uprightWidth() {
    return orientation.swapsAxes() ? rows.size() : columns.size();
  }

  int uprightHeight() {
    return orientation.swapsAxes() ? columns.size() : rows.size();
  }

  /** Returns the byte of the upright RGB pixels where the first stored one of the result goes. */
  long origin() {
    long toLastColumn = orientation.mirrorsColumns() ? -columnStep() * (columns.size() - 1) : 0;
    long toLastRow = orientation.mirrorsRows() ? -rowStep() * (rows.size() - 1) : 0;
    return toLastColumn + toLastRow;
  }

  /** Returns the bytes from there to the next of the same stored row; negative if mirrored. */
  long columnStep() {
    long step = orientation.swapsAxes() ? 3L * uprightWidth() : 3;
    return orientation.mirrorsColumns() ? -step : step;
  }

  /** Returns the bytes from there to the same one of the next stored row; negative if mirrored. */
  long rowStep() {
    long step = orientation.swapsAxes() ? 3 : 3L * uprightWidth();
    return orientation.mirrorsRows() ? -step : step;
  }
}
