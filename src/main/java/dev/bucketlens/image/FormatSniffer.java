package dev.bucketlens.image;

import dev.bucketlens.image.input.ByteReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Tells the format from a file's first bytes; names and content types lie. */
final class FormatSniffer {

  private record Unsupported(int offset, String magic, String name) {}

  /** Formats that people do send, so that the rejection can say which one it was. */
  private static final List<Unsupported> UNSUPPORTED =
      List.of(
          new Unsupported(4, "ftypcrx", "Canon raw"),
          new Unsupported(0, "II\u001A\0\0\0HEAPCCDR", "Canon raw"),
          new Unsupported(0, "IIRO", "Olympus raw"),
          new Unsupported(0, "IIRS", "Olympus raw"),
          new Unsupported(0, "MMOR", "Olympus raw"),
          new Unsupported(0, "IIU\0", "Panasonic raw"),
          new Unsupported(0, "FUJIFILMCCD-RAW", "Fujifilm raw"),
          new Unsupported(0, "FOVb", "Sigma raw"),
          new Unsupported(0, "\0MRM", "Minolta raw"),
          new Unsupported(4, "ftypavci", "HEIF (H.264)"),
          new Unsupported(4, "ftypavcs", "HEIF (H.264)"),
          new Unsupported(4, "ftypjpeg", "HEIF (JPEG)"),
          new Unsupported(4, "ftypj2ki", "HEIF (JPEG 2000)"),
          new Unsupported(4, "ftypvvic", "HEIF (H.266)"),
          new Unsupported(4, "ftyp", "video"),
          new Unsupported(4, "moov", "video"),
          new Unsupported(4, "mdat", "video"),
          new Unsupported(4, "wide", "video"),
          new Unsupported(8, "AVI LIST", "video"),
          new Unsupported(0, "\0\0\0\fJXL ", "JPEG XL"),
          new Unsupported(0, "\u00FF\n", "JPEG XL"),
          new Unsupported(0, "\0\0\0\fjP  ", "JPEG 2000"),
          new Unsupported(0, "\u00FFO\u00FFQ", "JPEG 2000"),
          new Unsupported(0, "II\u00BC\1", "JPEG XR"),
          new Unsupported(0, "%PDF-", "PDF"),
          new Unsupported(0, "%!PS-", "PostScript"),
          new Unsupported(0, "v/1\1", "OpenEXR"),
          new Unsupported(0, "#?RADIANCE", "Radiance"),
          new Unsupported(0, "qoif", "QOI"),
          new Unsupported(0, "DDS ", "DirectDraw"),
          new Unsupported(0, "gimp xcf ", "GIMP"),
          new Unsupported(0, "icns", "Apple icon"),
          new Unsupported(0, "P4\n", "portable bitmap"),
          new Unsupported(0, "P5\n", "portable graymap"),
          new Unsupported(0, "P6\n", "portable pixmap"),
          new Unsupported(0, "\n\5\1\b", "PCX"),
          new Unsupported(128, "DICM", "DICOM"),
          new Unsupported(0, "8BPS", "Photoshop"),
          new Unsupported(0, "\0\0\1\0", "icon"),
          new Unsupported(0, "II+\0", "BigTIFF"),
          new Unsupported(0, "MM\0+", "BigTIFF"),
          new Unsupported(0, "\u001AE\u00DF\u00A3", "video"));

  /** First brands of files that hold pictures compressed by HEVC, or name no other compression. */
  private static final List<String> HEIC_BRANDS = List.of("hei", "hev", "mif1", "msf1");

  /** Bytes of the box of brands that are looked at. */
  private static final int MOST_BRANDS = 255;

  /** Bytes within which an SVG's own element begins, behind comments and declarations. */
  private static final int SVG_START = 4096;

  private FormatSniffer() {}

  static ImageFormat sniff(byte[] file) throws ImageRejectedException {
    if (file.length == 0) {
      throw new ImageRejectedException(RejectionCode.EMPTY);
    }
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
    if (isHeic(file)) {
      return ImageFormat.HEIC;
    }
    throw rejection(file);
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
    for (Unsupported format : UNSUPPORTED) {
      if (ByteReader.matches(file, format.offset(), file.length, format.magic())) {
        return unsupported(format.name());
      }
    }
    if (looksLikeSvg(file)) {
      return unsupported("SVG");
    }
    return new ImageRejectedException(RejectionCode.NOT_AN_IMAGE);
  }

  private static boolean looksLikeSvg(byte[] file) {
    String start =
        new String(file, 0, Math.min(file.length, SVG_START), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    return start.contains("<svg");
  }

  private static ImageRejectedException unsupported(String name) {
    return new ImageRejectedException(
        RejectionCode.UNSUPPORTED_FORMAT,
        "The file is in the %s format, which is not supported; send JPEG, PNG, WebP, AVIF, GIF, BMP or TIFF."
            .formatted(name));
  }

  private static boolean starts(byte[] file, String magic) {
    return ByteReader.matches(file, 0, file.length, magic);
  }
}
