package dev.bucketlens.image;

import java.util.function.Supplier;

/**
 * The decoders by format. JPEG's, which nearly every photo needs, is linked when the process
 * starts; the other native ones by the first photo of their format, because to link a function
 * takes a cold start about a millisecond.
 */
final class Codecs {

  private final JpegLibrary jpeg;
  private final Supplier<WebpLibrary> webp;
  private final Supplier<TiffLibrary> tiff;

  Codecs(ImageLibrary library) {
    this.jpeg = new JpegLibrary(library);
    this.webp = new Once<>(() -> new WebpLibrary(library));
    this.tiff = new Once<>(() -> new TiffLibrary(library));
  }

  /** Asks another supplier at the first call only. Thread-safe. */
  private static final class Once<T> implements Supplier<T> {
    private final Supplier<T> source;
    private T value;

    Once(Supplier<T> source) {
      this.source = source;
    }

    @Override
    public synchronized T get() {
      if (value == null) {
        value = source.get();
      }
      return value;
    }
  }

  /** Reads a file's header; no pixel is decoded. */
  SourceImage open(byte[] file, ImageLimits limits) throws ImageRejectedException {
    return switch (FormatSniffer.sniff(file)) {
      case JPEG -> JpegImage.open(file, jpeg, limits);
      case PNG -> PngImage.open(file);
      case WEBP -> WebpImage.open(file, webp.get());
      case GIF -> GifImage.open(file);
      case BMP -> BmpImage.open(file);
      case TIFF -> TiffImage.open(file, tiff.get(), limits);
    };
  }
}
