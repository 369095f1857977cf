package dev.bucketlens.image.resize;

/**
 * Takes an image's rows one by one, from the top. What takes rows decides what is kept: no decoder
 * holds a whole photo for it.
 */
public interface RowSink {

  /** Whether row {@code y} will be used; a decoder need not convert a row that is not. */
  boolean wants(int y);

  /**
   * Takes a row.
   *
   * @param rgb at least {@code 3 * width} bytes; valid during the call only
   */
  void row(int y, byte[] rgb);

  /**
   * Takes a row.
   *
   * @param words at least {@code width}, red in the highest byte, then green and blue; valid during
   *     the call only
   */
  void row(int y, int[] words);
}
