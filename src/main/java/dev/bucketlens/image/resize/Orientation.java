package dev.bucketlens.image.resize;

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
}
