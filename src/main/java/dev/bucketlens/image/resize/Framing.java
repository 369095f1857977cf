package dev.bucketlens.image.resize;

import dev.bucketlens.image.Aspect;
import dev.bucketlens.image.ImageInfo;
import dev.bucketlens.image.PixelRequest;
import dev.bucketlens.image.RgbImage;
import dev.bucketlens.image.colour.Background;

/**
 * Which part of the upright photo is resized to what size, and where that lies in the result. The
 * roundings are those of the Python pipeline under {@code model/}.
 *
 * @param left of the part that is read, in upright pixels
 * @param partWidth of the part that is read, in upright pixels
 * @param width of the resized part, in result pixels
 * @param x of the resized part in the result
 * @param barsRgb the colour around the resized part, as 0xRRGGBB
 */
public record Framing(
    int left,
    int top,
    int partWidth,
    int partHeight,
    int width,
    int height,
    int x,
    int y,
    int barsRgb) {

  /** Returns the framing of a photo of {@code info}'s size for a request. */
  public static Framing of(ImageInfo info, PixelRequest request) {
    return switch (request.aspect()) {
      case Aspect.Stretch() -> part(0, 0, info.width(), info.height(), request);
      case Aspect.CenterCrop(double fraction) -> crop(info, fraction, request);
      case Aspect.Letterbox(int rgb) -> letterbox(info, rgb, request);
    };
  }

  private static Framing part(int left, int top, int width, int height, PixelRequest request) {
    return new Framing(left, top, width, height, request.width(), request.height(), 0, 0, 0);
  }

  /** Sides are rounded down and offsets up, as in the published EfficientNet evaluation. */
  private static Framing crop(ImageInfo info, double fraction, PixelRequest request) {
    double widest = (double) info.height() * request.width() / request.height();
    double highest = (double) info.width() * request.height() / request.width();
    int width = Math.max((int) (fraction * Math.min(info.width(), widest)), 1);
    int height = Math.max((int) (fraction * Math.min(info.height(), highest)), 1);
    int left = (info.width() - width + 1) / 2;
    int top = (info.height() - height + 1) / 2;
    return part(left, top, width, height, request);
  }

  private static Framing letterbox(ImageInfo info, int rgb, PixelRequest request) {
    double scale =
        Math.min(
            (double) request.width() / info.width(), (double) request.height() / info.height());
    int width = Math.max((int) (info.width() * scale + 0.5), 1);
    int height = Math.max((int) (info.height() * scale + 0.5), 1);
    int x = (request.width() - width) / 2;
    int y = (request.height() - height) / 2;
    return new Framing(0, 0, info.width(), info.height(), width, height, x, y, rgb);
  }

  /** Returns the resized part in its place, on bars if it does not fill the result. */
  public RgbImage place(RgbImage part, PixelRequest request) {
    if (part.width() == request.width() && part.height() == request.height()) {
      return part;
    }
    byte[] pixels = new byte[3 * request.width() * request.height()];
    byte[] bar = new byte[3 * request.width()];
    Background.of(barsRgb).fill(bar, 0, request.width());
    for (int row = 0; row < request.height(); row++) {
      System.arraycopy(bar, 0, pixels, row * bar.length, bar.length);
      if (row >= y && row < y + height) {
        int from = 3 * part.width() * (row - y);
        System.arraycopy(part.pixels(), from, pixels, row * bar.length + 3 * x, 3 * width);
      }
    }
    return new RgbImage(request.width(), request.height(), pixels);
  }
}
