package dev.bucketlens.api;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** In what form a list of images is answered. */
enum ListingFormat {
  /** One JSON document, for programs. */
  JSON(ApiResponse.JSON_TYPE, ApiResponse.JSON_TYPE, ApiResponse.JSON_TYPE),
  /** For spreadsheets: RFC 4180. */
  CSV("text/csv; charset=utf-8; header=present", "text/csv", "text/csv"),
  /** One JSON document a line, for what reads large files. */
  JSONL("application/jsonl", "application/jsonl", "application/x-ndjson");

  /** The values of {@code format=}. */
  static final Map<String, ListingFormat> BY_NAME =
      Map.of("json", JSON, "csv", CSV, "jsonl", JSONL);

  private final String contentType;
  private final String accepted;
  private final String acceptedToo;

  ListingFormat(String contentType, String accepted, String acceptedToo) {
    this.contentType = contentType;
    this.accepted = accepted;
    this.acceptedToo = acceptedToo;
  }

  String contentType() {
    return contentType;
  }

  /** One of the media types of an {@code Accept} header. */
  private record Accepted(String type, double quality) {
    static Accepted of(String range) {
      String[] parts = range.split(";", -1);
      double quality =
          Arrays.stream(parts)
              .skip(1)
              .map(String::strip)
              .filter(it -> it.matches("q=[01](\\.\\d{0,3})?"))
              .mapToDouble(it -> Double.parseDouble(it.substring(2)))
              .findFirst()
              .orElse(1);
      return new Accepted(parts[0].strip().toLowerCase(Locale.ROOT), quality);
    }
  }

  /** The form that a header asks for most; JSON where it asks for none of ours. */
  static ListingFormat accepted(String header) {
    return Arrays.stream(header.split(",", -1))
        .map(Accepted::of)
        .filter(it -> it.quality() > 0)
        .sorted(Comparator.comparingDouble(Accepted::quality).reversed())
        .map(it -> ofType(it.type()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(JSON);
  }

  /** Of a media type, or of a range of them such as {@code text/*}: the first that it names. */
  private static Optional<ListingFormat> ofType(String type) {
    if (type.equals("*/*")) {
      return Optional.of(JSON);
    }
    return Arrays.stream(values())
        .filter(it -> matches(type, it.accepted) || matches(type, it.acceptedToo))
        .findFirst();
  }

  private static boolean matches(String range, String type) {
    return range.endsWith("/*")
        ? type.startsWith(range.substring(0, range.length() - 1))
        : type.equals(range);
  }
}
