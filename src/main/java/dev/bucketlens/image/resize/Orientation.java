package dev.bucketlens.image.resize;

import dev.bucketlens.image.RgbImage;

/** How the stored pixels must be turned to stand upright: the eight values of EXIF tag 0x0112. */
public enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(true, false, false),
  ROTATED_180(true, true, false),
  MIRRORED_180(false, true, false),
  TRANSPOSED(false, false, true),
  ROTATED_90(false, true, true),
  TRANSVERSE(true, true, true),
  ROTATED_270(true, false, true);

  private final boolean mirrorsColumns;
  private final boolean mirrorsRows;
  private final boolean swapsAxes;

  Orientation(boolean mirrorsColumns, boolean mirrorsRows, boolean swapsAxes) {
    this.mirrorsColumns = mirrorsColumns;
    this.mirrorsRows = mirrorsRows;
    this.swapsAxes = swapsAxes;
  }

  /** Returns the orientation of an EXIF value; any but 2 to 8 is upright. */
  public static Orientation ofExif(int value) {
    return value >= 1 && value <= 8 ? values()[value - 1] : UPRIGHT;
  }

  /** Whether the stored columns run from right to left (before the axes are swapped). */
  boolean mirrorsColumns() {
    return mirrorsColumns;
  }

  /** Whether the stored rows run from bottom to top (before the axes are swapped). */
  boolean mirrorsRows() {
    return mirrorsRows;
  }

  /** Whether a stored row is an upright column. */
  public boolean swapsAxes() {
    return swapsAxes;
  }

  /** Returns the stored image turned upright. */
  public RgbImage turn(RgbImage stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = stored.width();
    int height = stored.height();
    byte[] from = stored.pixels();
    byte[] upright = new byte[from.length];
    int uprightWidth = swapsAxes ? height : width;
    int at = 0;
    for (int y = 0; y < height; y++) {
      int row = mirrorsRows ? height - 1 - y : y;
      for (int x = 0; x < width; x++, at += 3) {
        int column = mirrorsColumns ? width - 1 - x : x;
        int to = 3 * (swapsAxes ? column * uprightWidth + row : row * uprightWidth + column);
        upright[to] = from[at];
        upright[to + 1] = from[at + 1];
        upright[to + 2] = from[at + 2];
      }
    }
    return new RgbImage(uprightWidth, swapsAxes ? width : height, upright);
  }
}
