package dev.bucketlens.image.resize;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.RgbImage;

/** Gathers the resized rows. Confined to one decode. */
public final class RgbCanvas implements LineSink {

  private final int width;
  private final int height;
  private final byte[] pixels;
  private int rows;

  public RgbCanvas(int width, int height) {
    this.width = width;
    this.height = height;
    this.pixels = new byte[3 * width * height];
  }

  @Override
  public void line(int y, int[] values) {
    int at = values.length * y;
    for (int i = 0; i < values.length; i++) {
      pixels[at + i] = (byte) values[i];
    }
    rows++;
  }

  /**
   * Returns the image, once every row has come.
   *
   * @throws ImageRejectedException if rows are missing
   */
  public RgbImage image() throws ImageRejectedException {
    if (rows < height) {
      throw new ImageRejectedException(RejectionCode.TRUNCATED);
    }
    return new RgbImage(width, height, pixels);
  }
}
