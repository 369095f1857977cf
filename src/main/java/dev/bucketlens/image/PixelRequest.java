package dev.bucketlens.image;

import java.util.Objects;

/**
 * The pixels a model wants.
 *
 * @param width of the result, in pixels
 * @param height of the result, in pixels
 * @param backgroundRgb what transparent pixels are composed on, as 0xRRGGBB
 * @param gray whether the pixels are to be gray, made so before the resize; a photo whose profile
 *     changes its colours is made gray after, by whoever asked, once they are known
 * @param reducedDecoding whether a large photo may be decoded at 1/2, 1/4 or 1/8 of its size (never
 *     below what the resize reads from): several times faster, and the pixels differ slightly from
 *     a full decode; false gives exact parity with Pillow
 */
public record PixelRequest(
    int width,
    int height,
    ResizeFilter filter,
    Aspect aspect,
    int backgroundRgb,
    boolean gray,
    boolean reducedDecoding) {

  /** The largest side of a result: beyond any model, and small enough that no sum overflows. */
  public static final int MAX_SIDE = 8192;

  private static final int WHITE = 0xFFFFFF;

  public PixelRequest {
    requireSide("width", width);
    requireSide("height", height);
    Objects.requireNonNull(filter, "filter");
    Objects.requireNonNull(aspect, "aspect");
    requireRgb("background", backgroundRgb);
  }

  /** In colour. */
  public PixelRequest(
      int width,
      int height,
      ResizeFilter filter,
      Aspect aspect,
      int backgroundRgb,
      boolean reducedDecoding) {
    this(width, height, filter, aspect, backgroundRgb, false, reducedDecoding);
  }

  /** Returns a request that stretches bilinearly, on white, with reduced decoding. */
  public static PixelRequest ofSize(int width, int height) {
    return new PixelRequest(
        width, height, ResizeFilter.BILINEAR, new Aspect.Stretch(), WHITE, true);
  }

  static void requireRgb(String name, int rgb) {
    if (rgb < 0 || rgb > WHITE) {
      throw new IllegalArgumentException(
          "%s is %#x: set a colour from 0x000000 to 0xffffff".formatted(name, rgb));
    }
  }

  private static void requireSide(String name, int side) {
    if (side < 1 || side > MAX_SIDE) {
      throw new IllegalArgumentException(
          "%s is %d: set 1 to %d pixels".formatted(name, side, MAX_SIDE));
    }
  }
}
