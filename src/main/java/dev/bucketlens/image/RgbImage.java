package dev.bucketlens.image;

/**
 * Upright pixels.
 *
 * @param pixels red, green, blue, row by row from the top: {@code 3 * width * height} bytes; owned
 *     by whoever holds the record, never copied
 */
@SuppressWarnings("ArrayRecordComponent") // the pixels go straight to the model; a copy costs more
public record RgbImage(int width, int height, byte[] pixels) {

  public RgbImage {
    if (width < 1 || height < 1 || pixels.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "%d bytes are not %dx%d RGB pixels".formatted(pixels.length, width, height));
    }
  }

  /** Returns the pixel as 0xRRGGBB. */
  public int rgb(int x, int y) {
    int at = 3 * (y * width + x);
    return (pixels[at] & 0xFF) << 16 | (pixels[at + 1] & 0xFF) << 8 | (pixels[at + 2] & 0xFF);
  }
}
