package dev.bucketlens.image;

import dev.bucketlens.image.input.ByteReader;
import java.util.List;

/** Tells the format from a file's first bytes; names and content types lie. */
final class FormatSniffer {

  private static final List<String> AVIF_BRANDS = List.of("avif", "avis");

  /** Of pictures compressed by HEVC, still or in a sequence. */
  private static final List<String> HEIC_BRANDS = List.of("hei", "hev");

  /** First brands of files that need not name a compression. */
  private static final List<String> HEIF_BRANDS = List.of("mif1", "msf1");

  /** Bytes of the box of brands that are looked at. */
  private static final int MOST_BRANDS = 255;

  /** As far as the first brand goes. */
  private static final int FIRST_BRAND = 12;

  private FormatSniffer() {}

  static ImageFormat sniff(byte[] file) throws ImageRejectedException {
    if (file.length == 0) {
      throw new ImageRejectedException(RejectionCode.EMPTY);
    }
    ImageFormat format = supported(file);
    if (format == null) {
      throw rejection(file);
    }
    return format;
  }

  /** Returns null for a file of no such format. */
  private static ImageFormat supported(byte[] file) {
    if (starts(file, "\u00FF\u00D8\u00FF")) {
      return ImageFormat.JPEG;
    }
    if (starts(file, "\u0089PNG\r\n\u001A\n")) {
      return ImageFormat.PNG;
    }
    if (starts(file, "RIFF") && ByteReader.matches(file, 8, file.length, "WEBP")) {
      return ImageFormat.WEBP;
    }
    if (starts(file, "GIF87a") || starts(file, "GIF89a")) {
      return ImageFormat.GIF;
    }
    if (starts(file, "BM")) {
      return ImageFormat.BMP;
    }
    if (starts(file, "II*\0") || starts(file, "MM\0*")) {
      return ImageFormat.TIFF;
    }
    if (hasBrand(file, AVIF_BRANDS, MOST_BRANDS)) {
      return ImageFormat.AVIF;
    }
    boolean heic =
        hasBrand(file, HEIC_BRANDS, MOST_BRANDS) || hasBrand(file, HEIF_BRANDS, FIRST_BRAND);
    return heic ? ImageFormat.HEIC : null;
  }

  /**
   * Whether the first box has a brand that begins so; the first of them may be a wider one.
   *
   * @param most bytes of the box that are looked at
   */
  private static boolean hasBrand(byte[] file, List<String> brands, int most) {
    if (!ByteReader.matches(file, 4, file.length, "ftyp")) {
      return false;
    }
    int end = Math.min(file.length, Math.min(file[3] & 0xFF, most));
    for (int at = 8; at + 4 <= end; at += 4) {
      int brand = at;
      if (brands.stream().anyMatch(it -> ByteReader.matches(file, brand, end, it))) {
        return true;
      }
    }
    return false;
  }

  private static ImageRejectedException rejection(byte[] file) {
    return UnsupportedFormats.nameOf(file)
        .map(name ->
            new ImageRejectedException(
                RejectionCode.UNSUPPORTED_FORMAT,
                "The file is in the %s format, which is not supported; send JPEG, PNG, WebP, AVIF, GIF, BMP or TIFF."
                    .formatted(name)))
        .orElseGet(() -> new ImageRejectedException(RejectionCode.NOT_AN_IMAGE));
  }

  private static boolean starts(byte[] file, String magic) {
    return ByteReader.matches(file, 0, file.length, magic);
  }
}
