package dev.bucketlens.api;

import dev.bucketlens.Score;
import dev.bucketlens.json.Json;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.Review;
import dev.bucketlens.results.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Results as lines: CSV as RFC 4180 has it, with a header, or JSON lines.
 *
 * <p>A spreadsheet runs a cell that begins like a formula. Keys and labels are strangers' texts, so
 * such a cell gets an apostrophe before it, which spreadsheets do not show; {@code image} always
 * begins with {@code s3://} and is exact.
 */
final class ImageTable {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("image", ImageResult::image),
          new Column("bucket", ImageResult::bucket),
          new Column("key", ImageResult::key),
          new Column("status", ImageResult::status),
          new Column("label", it -> it.verdict().best().map(Score::label)),
          new Column("score", it -> it.verdict().best().map(Score::score)),
          new Column("model", it -> Optional.ofNullable(it.model()).map(ModelRef::name)),
          new Column("modelHash", it -> Optional.ofNullable(it.model()).map(ModelRef::hash)),
          new Column("classifiedAt", ImageResult::classifiedAt),
          new Column("width", it -> scored(it).map(Verdict.Classified::width)),
          new Column("height", it -> scored(it).map(Verdict.Classified::height)),
          new Column("size", it -> it.version().size()),
          new Column("eTag", it -> Optional.ofNullable(it.version().eTag())),
          new Column("versionId", it -> Optional.ofNullable(it.version().versionId())),
          new Column("rejection", it -> rejected(it).map(Verdict.Rejected::code)),
          new Column("reason", it -> rejected(it).map(Verdict.Rejected::reason)),
          new Column("review", it -> it.review().map(Review::state)),
          new Column("reviewLabel", it -> it.reviewed().map(Review.Done::label)),
          new Column("reviewLabelKnown", it -> it.reviewed().map(Review.Done::known)),
          new Column("reviewedBy", it -> it.reviewed().map(Review.Done::by)),
          new Column("reviewedAt", it -> it.reviewed().map(Review.Done::at)));

  private static final String END = "\r\n";

  /**
   * A column.
   *
   * @param value of a result: a number, or what is written as text; an empty Optional for none
   */
  private record Column(String name, Function<ImageResult, Object> value) {}

  private ImageTable() {}

  static String csv(List<ImageResult> results) {
    StringBuilder csv = new StringBuilder(line(Column::name));
    for (ImageResult result : results) {
      csv.append(line(column -> cell(column.value().apply(result))));
    }
    return csv.toString();
  }

  private static String line(Function<Column, String> cell) {
    return COLUMNS.stream().map(cell).collect(Collectors.joining(",", "", END));
  }

  static String jsonLines(List<ImageResult> results) {
    return results.stream()
        .map(result -> Json.write(ResultJson.of(result)) + '\n')
        .collect(Collectors.joining());
  }

  private static Optional<Verdict.Classified> scored(ImageResult result) {
    return result.verdict() instanceof Verdict.Classified scored
        ? Optional.of(scored)
        : Optional.empty();
  }

  private static Optional<Verdict.Rejected> rejected(ImageResult result) {
    return result.verdict() instanceof Verdict.Rejected rejected
        ? Optional.of(rejected)
        : Optional.empty();
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
