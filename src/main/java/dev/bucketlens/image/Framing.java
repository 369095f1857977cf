package dev.bucketlens.image;

/**
 * Which part of the upright photo is resized to what size, and where that lies in the result.
 *
 * @param left of the part that is read, in upright pixels; the part may begin between pixels
 * @param width of the resized part, in result pixels
 * @param x of the resized part in the result
 */
record Framing(
    double left,
    double top,
    double right,
    double bottom,
    int width,
    int height,
    int x,
    int y,
    int barsRgb) {

  /** Returns the framing of a photo of {@code info}'s size for a request. */
  static Framing of(ImageInfo info, PixelRequest request) {
    return switch (request.aspect()) {
      case Aspect.Stretch() -> part(info.width(), info.height(), 1, 1, request);
      case Aspect.CenterCrop(double fraction) -> crop(info, fraction, request);
      case Aspect.Letterbox(int rgb) -> letterbox(info, rgb, request);
    };
  }

  /** Pillow's {@code ImageOps.fit}, whose {@code bleed} is half of what the fraction leaves out. */
  private static Framing crop(ImageInfo info, double fraction, PixelRequest request) {
    double photo = (double) info.width() / info.height();
    double model = (double) request.width() / request.height();
    double wide = photo > model ? model / photo : 1;
    double high = photo > model ? 1 : photo / model;
    return part(info.width(), info.height(), wide * fraction, high * fraction, request);
  }

  private static Framing part(
      int width, int height, double wide, double high, PixelRequest request) {
    double left = width * (1 - wide) / 2;
    double top = height * (1 - high) / 2;
    return new Framing(
        left, top, width - left, height - top, request.width(), request.height(), 0, 0, 0);
  }

  /** Pillow's {@code ImageOps.pad}, with its rounding of halves to even. */
  private static Framing letterbox(ImageInfo info, int rgb, PixelRequest request) {
    double photo = (double) info.width() / info.height();
    double model = (double) request.width() / request.height();
    int width = request.width();
    int height = request.height();
    if (photo > model) {
      height = (int) Math.max(Math.rint((double) info.height() / info.width() * width), 1);
    } else if (photo < model) {
      width = (int) Math.max(Math.rint(photo * height), 1);
    }
    int x = (int) Math.rint((request.width() - width) * 0.5);
    int y = (int) Math.rint((request.height() - height) * 0.5);
    return new Framing(0, 0, info.width(), info.height(), width, height, x, y, rgb);
  }

  /** Returns the resized part in its place, on bars if it does not fill the result. */
  RgbImage place(RgbImage part, PixelRequest request) {
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
