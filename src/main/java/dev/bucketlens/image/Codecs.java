package dev.bucketlens.image;

/**
 * The decoders by format. Native ones are linked when the process starts, so that no photo waits.
 */
final class Codecs {

  private final JpegLibrary jpeg;
  private final WebpLibrary webp;

  Codecs(ImageLibrary library) {
    this.jpeg = new JpegLibrary(library);
    this.webp = new WebpLibrary(library);
  }

  /** Reads a file's header; no pixel is decoded. */
  SourceImage open(byte[] file, ImageLimits limits) throws ImageRejectedException {
    return switch (FormatSniffer.sniff(file)) {
      case JPEG -> JpegImage.open(file, jpeg, limits);
      case PNG -> PngImage.open(file);
      case WEBP -> WebpImage.open(file, webp);
      case GIF -> GifImage.open(file);
      case BMP -> BmpImage.open(file);
      case TIFF -> throw new ImageRejectedException(RejectionCode.UNSUPPORTED_FORMAT);
    };
  }
}
