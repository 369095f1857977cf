package dev.bucketlens.image;

/**
 * The decoders by format. Native ones are linked when the process starts, so that no photo waits.
 */
final class Codecs {

  private final JpegLibrary jpeg;
  private final WebpLibrary webp;
  private final TiffLibrary tiff;

  Codecs(ImageLibrary library) {
    this.jpeg = new JpegLibrary(library);
    this.webp = new WebpLibrary(library);
    this.tiff = new TiffLibrary(library);
  }

  /** Reads a file's header; no pixel is decoded. */
  SourceImage open(byte[] file, ImageLimits limits) throws ImageRejectedException {
    return switch (FormatSniffer.sniff(file)) {
      case JPEG -> JpegImage.open(file, jpeg, limits);
      case PNG -> PngImage.open(file);
      case WEBP -> WebpImage.open(file, webp);
      case GIF -> GifImage.open(file);
      case BMP -> BmpImage.open(file);
      case TIFF -> TiffImage.open(file, tiff, limits);
    };
  }
}
