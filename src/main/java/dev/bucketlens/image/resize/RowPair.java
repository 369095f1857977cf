package dev.bucketlens.image.resize;

/**
 * Two rows of pixels, packed for {@link ColumnPass}: two channels in the halves of each long, so
 * that one multiplication weighs both. Confined to one decode.
 */
final class RowPair {

  private final int width;
  private final long[] upper;
  private final long[] lower;
  private final long[] greens;

  /**
   * @param beyond how many black pixels follow each row
   */
  RowPair(int width, int beyond) {
    this.width = width;
    this.upper = new long[width + beyond];
    this.lower = new long[width + beyond];
    this.greens = new long[width + beyond];
  }

  /** Red of the upper row above its blue. */
  long[] upper() {
    return upper;
  }

  /** Red of the lower row above its blue. */
  long[] lower() {
    return lower;
  }

  /** Green of the upper row above that of the lower. */
  long[] greens() {
    return greens;
  }

  /** Sets the upper row from words, red in their highest byte, blue in the third. */
  void setUpper(int[] words) {
    setRedAndBlue(upper, words);
    for (int x = 0; x < width; x++) {
      greens[x] = (long) (words[x] >>> 16 & 0xFF) << Integer.SIZE;
    }
  }

  /** Sets the lower row, after the upper one. */
  void setLower(int[] words) {
    setRedAndBlue(lower, words);
    for (int x = 0; x < width; x++) {
      greens[x] |= words[x] >>> 16 & 0xFF;
    }
  }

  /** One array a loop: the JIT makes vector instructions of no more. */
  private void setRedAndBlue(long[] row, int[] words) {
    for (int x = 0; x < width; x++) {
      row[x] = (long) (words[x] >>> 24) << Integer.SIZE | (words[x] >>> 8 & 0xFF);
    }
  }
}
