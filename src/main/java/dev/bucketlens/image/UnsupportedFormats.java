package dev.bucketlens.image;

import dev.bucketlens.image.input.ByteReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Formats that people do send and that are not decoded, so that the rejection can say which one it
 * was. Apart from those that are, because no start needs this list.
 */
final class UnsupportedFormats {

  /**
   * A format.
   *
   * @param offset where its files have one of the magics
   */
  private record Format(String name, int offset, List<String> magics) {

    boolean holds(byte[] file) {
      return magics.stream()
          .anyMatch(magic -> ByteReader.matches(file, offset, file.length, magic));
    }
  }

  /** The first that holds: a box of a brand without a name here is a video's. */
  private static final List<Format> FORMATS =
      List.of(
          at(4, "Canon raw", "ftypcrx"),
          at(0, "Canon raw", "II\u001A\0\0\0HEAPCCDR"),
          at(0, "Olympus raw", "IIRO", "IIRS", "MMOR"),
          at(0, "Panasonic raw", "IIU\0"),
          at(0, "Fujifilm raw", "FUJIFILMCCD-RAW"),
          at(0, "Sigma raw", "FOVb"),
          at(0, "Minolta raw", "\0MRM"),
          at(4, "HEIF (H.264)", "ftypavci", "ftypavcs"),
          at(4, "HEIF (JPEG)", "ftypjpeg"),
          at(4, "HEIF (JPEG 2000)", "ftypj2ki"),
          at(4, "HEIF (H.266)", "ftypvvic"),
          at(4, "video", "ftyp", "moov", "mdat", "wide"),
          at(8, "video", "AVI LIST"),
          at(0, "video", "\u001AE\u00DF\u00A3"),
          at(0, "JPEG XL", "\0\0\0\fJXL ", "\u00FF\n"),
          at(0, "JPEG 2000", "\0\0\0\fjP  ", "\u00FFO\u00FFQ"),
          at(0, "JPEG XR", "II\u00BC\1"),
          at(0, "PDF", "%PDF-"),
          at(0, "PostScript", "%!PS-"),
          at(0, "OpenEXR", "v/1\1"),
          at(0, "Radiance", "#?RADIANCE"),
          at(0, "QOI", "qoif"),
          at(0, "DirectDraw", "DDS "),
          at(0, "GIMP", "gimp xcf "),
          at(0, "Apple icon", "icns"),
          at(0, "portable bitmap", "P4\n"),
          at(0, "portable graymap", "P5\n"),
          at(0, "portable pixmap", "P6\n"),
          at(0, "PCX", "\n\5\1\b"),
          at(128, "DICOM", "DICM"),
          at(0, "Photoshop", "8BPS"),
          at(0, "icon", "\0\0\1\0"),
          at(0, "BigTIFF", "II+\0", "MM\0+"));

  /** Bytes within which an SVG's own element begins, behind comments and declarations. */
  private static final int SVG_START = 4096;

  private UnsupportedFormats() {}

  private static Format at(int offset, String name, String... magics) {
    return new Format(name, offset, List.of(magics));
  }

  /** The name of a file's format, if it is one of these. */
  static Optional<String> nameOf(byte[] file) {
    return FORMATS.stream()
        .filter(format -> format.holds(file))
        .map(Format::name)
        .findFirst()
        .or(() -> looksLikeSvg(file) ? Optional.of("SVG") : Optional.empty());
  }

  private static boolean looksLikeSvg(byte[] file) {
    String start =
        new String(file, 0, Math.min(file.length, SVG_START), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    return start.contains("<svg");
  }
}
