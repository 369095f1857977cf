package dev.bucketlens.image;

import dev.bucketlens.image.format.SourceImage;
import dev.bucketlens.image.format.avif.AvifImage;
import dev.bucketlens.image.format.avif.AvifLibrary;
import dev.bucketlens.image.format.bmp.BmpImage;
import dev.bucketlens.image.format.gif.GifImage;
import dev.bucketlens.image.format.heif.HeifImage;
import dev.bucketlens.image.format.heif.HeifLibrary;
import dev.bucketlens.image.format.jpeg.JpegImage;
import dev.bucketlens.image.format.jpeg.JpegLibrary;
import dev.bucketlens.image.format.png.PngImage;
import dev.bucketlens.image.format.png.PngLibrary;
import dev.bucketlens.image.format.tiff.TiffImage;
import dev.bucketlens.image.format.tiff.TiffLibrary;
import dev.bucketlens.image.format.webp.WebpImage;
import dev.bucketlens.image.format.webp.WebpLibrary;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.nativelib.LoadedLibrary;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The decoders by format. The native library for JPEG, which nearly every photo needs, is loaded
 * when the process starts; the others by the first photo of their format, which cold starts need
 * not wait for. That for HEIC is there only where it was added.
 */
final class Codecs {

  private final JpegLibrary jpeg;
  private final Supplier<WebpLibrary> webp;
  private final Supplier<TiffLibrary> tiff;
  private final Supplier<AvifLibrary> avif;
  private final Optional<Supplier<HeifLibrary>> heif;
  private final Supplier<PngLibrary> png;

  private Codecs(JpegLibrary jpeg, LoadedLibrary bucketlens) {
    this.jpeg = jpeg;
    this.webp = new Once<>(WebpLibrary::load);
    this.tiff = new Once<>(() -> TiffLibrary.load(bucketlens));
    this.avif = new Once<>(AvifLibrary::load);
    this.heif = HeifLibrary.locate().map(file -> new Once<>(() -> HeifLibrary.load(file)));
    this.png = new Once<>(() -> new PngLibrary(bucketlens));
  }

  /**
   * Finds and loads libjpeg.
   *
   * @param bucketlens our own library
   * @throws UnsatisfiedLinkError if it is not found or does not load on this platform
   */
  static Codecs load(LoadedLibrary bucketlens) {
    return new Codecs(JpegLibrary.load(bucketlens), bucketlens);
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

  boolean have(ImageFormat format) {
    return format != ImageFormat.HEIC || heif.isPresent();
  }

  /** Reads a file's header; no pixel is decoded. */
  SourceImage open(byte[] file, Budget budget) throws ImageRejectedException {
    return switch (FormatSniffer.sniff(file)) {
      case JPEG -> JpegImage.open(file, jpeg, budget);
      case PNG -> PngImage.open(file, png.get(), budget);
      case WEBP -> WebpImage.open(file, webp.get(), budget);
      case GIF -> GifImage.open(file, budget);
      case BMP -> BmpImage.open(file, budget);
      case TIFF -> TiffImage.open(file, tiff.get(), budget);
      case AVIF -> AvifImage.open(file, avif.get(), budget);
      case HEIC -> HeifImage.open(file, heif.orElseThrow(Codecs::withoutHeif).get(), budget);
    };
  }

  private static ImageRejectedException withoutHeif() {
    return new ImageRejectedException(
        RejectionCode.UNSUPPORTED_FORMAT,
        "The file is in the HEIC format, which is not supported here; send JPEG, PNG, WebP, AVIF,"
            + " GIF, BMP or TIFF. Whoever deploys can add it: src/main/native/heif, then deploy.");
  }
}
