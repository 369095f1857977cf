package dev.bucketlens.api;

import dev.bucketlens.Score;
import dev.bucketlens.json.Json;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Review;
import dev.bucketlens.results.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Results as lines: CSV as RFC 4180 has it, with a header, or JSON lines.
 *
 * <p>A spreadsheet runs a cell that begins like a formula. Keys and labels are strangers' texts, so
 * such a cell gets an apostrophe before it, which spreadsheets do not show; {@code image} always
 * begins with {@code s3://} and is exact.
 */
final class ImageTable {
  private static final List<String> COLUMNS =
      List.of(
          "image",
          "bucket",
          "key",
          "status",
          "label",
          "score",
          "model",
          "modelHash",
          "classifiedAt",
          "width",
          "height",
          "size",
          "eTag",
          "versionId",
          "rejection",
          "reason",
          "review",
          "reviewLabel",
          "reviewLabelKnown",
          "reviewedBy",
          "reviewedAt");

  private static final String END = "\r\n";

  private ImageTable() {}

  static String csv(List<ImageResult> results) {
    StringBuilder csv = new StringBuilder(String.join(",", COLUMNS)).append(END);
    for (ImageResult result : results) {
      csv.append(cells(result).stream().map(ImageTable::cell).collect(Collectors.joining(",")))
          .append(END);
    }
    return csv.toString();
  }

  static String jsonLines(List<ImageResult> results) {
    return results.stream()
        .map(result -> Json.write(ResultJson.of(result)) + '\n')
        .collect(Collectors.joining());
  }

  private static List<Object> cells(ImageResult result) {
    List<Object> cells = new ArrayList<>();
    cells.addAll(List.of(result.image(), result.bucket(), result.key(), result.status()));
    Optional<Verdict.Classified> scored =
        Optional.of(result.verdict())
            .filter(Verdict.Classified.class::isInstance)
            .map(Verdict.Classified.class::cast);
    Optional<Score> best = scored.flatMap(it -> it.scores().stream().findFirst());
    Optional<Verdict.Rejected> rejected =
        Optional.of(result.verdict())
            .filter(Verdict.Rejected.class::isInstance)
            .map(Verdict.Rejected.class::cast);
    cells.add(best.map(Score::label));
    cells.add(best.map(Score::score));
    cells.add(Optional.ofNullable(result.model()).map(it -> it.name()));
    cells.add(Optional.ofNullable(result.model()).map(it -> it.hash()));
    cells.add(result.classifiedAt());
    cells.add(scored.map(Verdict.Classified::width));
    cells.add(scored.map(Verdict.Classified::height));
    cells.add(result.version().size());
    cells.add(Optional.ofNullable(result.version().eTag()));
    cells.add(Optional.ofNullable(result.version().versionId()));
    cells.add(rejected.map(Verdict.Rejected::code));
    cells.add(rejected.map(Verdict.Rejected::reason));
    cells.add(result.review().map(Review::state));
    cells.add(result.reviewed().map(Review.Done::label));
    cells.add(result.reviewed().map(Review.Done::known));
    cells.add(result.reviewed().map(Review.Done::by));
    cells.add(result.reviewed().map(Review.Done::at));
    return cells;
  }

  private static String cell(Object value) {
    return switch (value) {
      case Optional<?> optional -> optional.map(ImageTable::cell).orElse("");
      case Number number -> number.toString();
      default -> quoted(harmless(value.toString()));
    };
  }

  /** What spreadsheets take for a formula, after blanks too. */
  private static String harmless(String text) {
    return text.matches("(?s)[\\s\\p{Cntrl}]*[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20].*")
            || text.startsWith("\t")
            || text.startsWith("\r")
        ? "'" + text
        : text;
  }

  private static String quoted(String text) {
    return text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
