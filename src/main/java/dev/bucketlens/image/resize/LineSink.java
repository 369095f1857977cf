package dev.bucketlens.image.resize;

/** Takes an image's rows one by one, from the top, as values. */
public interface LineSink {

  /**
   * Takes a row.
   *
   * @param values red, green and blue of each pixel, 0 to 255; the caller's again after the call
   */
  void line(int y, int[] values);
}
