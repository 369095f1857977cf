package dev.bucketlens.image.colour;

import java.util.Arrays;

/** The colour under transparent pixels. Composition rounds as Pillow's {@code paste} does. */
public record Background(int red, int green, int blue) {

  /** A colour as 0xRRGGBB. */
  public static Background of(int rgb) {
    return new Background(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
  }

  /** Returns the colour as 0xRRGGBB. */
  public int rgb() {
    return red << 16 | green << 8 | blue;
  }

  /** Fills pixels {@code from} to {@code to} (exclusive) of a row. */
  public void fill(byte[] rgb, int from, int to) {
    if (red == green && green == blue) {
      Arrays.fill(rgb, 3 * from, 3 * to, (byte) red);
      return;
    }
    for (int at = 3 * from; at < 3 * to; at += 3) {
      rgb[at] = (byte) red;
      rgb[at + 1] = (byte) green;
      rgb[at + 2] = (byte) blue;
    }
  }

  /** Writes one composed pixel at byte {@code at}; all values are 0 to 255. */
  public void compose(int r, int g, int b, int alpha, byte[] rgb, int at) {
    rgb[at] = (byte) blend(r, red, alpha);
    rgb[at + 1] = (byte) blend(g, green, alpha);
    rgb[at + 2] = (byte) blend(b, blue, alpha);
  }

  private static int blend(int over, int under, int alpha) {
    int sum = over * alpha + under * (255 - alpha) + 128;
    return (sum + (sum >> 8)) >> 8;
  }
}
