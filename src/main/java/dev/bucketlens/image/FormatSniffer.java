package dev.bucketlens.image;

import dev.bucketlens.image.input.ByteReader;
import java.util.List;

/** Tells the format from a file's first bytes; names and content types lie. */
final class FormatSniffer {

  /** First brands of files that hold pictures compressed by HEVC, or name no other compression. */
  private static final List<String> HEIC_BRANDS = List.of("hei", "hev", "mif1", "msf1");

  /** Bytes of the box of brands that are looked at. */
  private static final int MOST_BRANDS = 255;

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
    if (isAvif(file)) {
      return ImageFormat.AVIF;
    }
    return isHeic(file) ? ImageFormat.HEIC : null;
  }

  /** Whether one of the brands of the first box is AVIF's; the first of them may be a wider one. */
  private static boolean isAvif(byte[] file) {
    if (!ByteReader.matches(file, 4, file.length, "ftyp")) {
      return false;
    }
    int end = Math.min(file.length, Math.min(file[3] & 0xFF, MOST_BRANDS));
    for (int at = 8; at + 4 <= end; at += 4) {
      if (ByteReader.matches(file, at, end, "avif") || ByteReader.matches(file, at, end, "avis")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isHeic(byte[] file) {
    return HEIC_BRANDS.stream()
        .anyMatch(brand -> ByteReader.matches(file, 4, file.length, "ftyp" + brand));
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
