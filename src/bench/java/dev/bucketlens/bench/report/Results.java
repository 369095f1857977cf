package dev.bucketlens.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Rows of raw results.
 *
 * @param origin machine, date, versions and command
 * @param rows the cells of each row by column, in the order of the file
 */
record Results(String origin, List<Map<String, String>> rows) {

  /** Reads what {@link Csv} wrote. */
  static Results read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<String> columns = List.of(lines.get(1).split(",", -1));
    List<Map<String, String>> rows =
        lines.stream().skip(2).map(line -> row(columns, line.split(",", -1))).toList();
    return new Results(lines.getFirst().substring(2), rows);
  }

  private static Map<String, String> row(List<String> columns, String[] cells) {
    Map<String, String> row = new LinkedHashMap<>();
    IntStream.range(0, cells.length).forEach(i -> row.put(columns.get(i), cells[i]));
    return row;
  }

  /** The rows with this value; none is an error, because then nothing was measured. */
  Results where(String column, String value) {
    List<Map<String, String>> kept =
        rows.stream().filter(row -> row.get(column).equals(value)).toList();
    if (kept.isEmpty()) {
      throw new IllegalArgumentException(
          "No row has %s = '%s'; there are %s".formatted(column, value, values(column)));
    }
    return new Results(origin, kept);
  }

  boolean hasColumn(String column) {
    return rows.stream().allMatch(row -> row.containsKey(column));
  }

  /** The different values of a column, in the order of the file. */
  List<String> values(String column) {
    return rows.stream().map(row -> row.get(column)).distinct().toList();
  }

  Sample sample(String column) {
    return Sample.of(rows.stream().mapToDouble(row -> Double.parseDouble(row.get(column))));
  }

  double median(String column) {
    return sample(column).median();
  }

  /** One over another, round by round: what makes the machine slow for a while falls out. */
  Sample ratios(String column, String over, String under, String figure) {
    Results numerators = where(column, over);
    Results denominators = where(column, under);
    return Sample.of(
        values("round").stream()
            .mapToDouble(
                round ->
                    numerators.where("round", round).median(figure)
                        / denominators.where("round", round).median(figure)));
  }

  /** How many repetitions there are. */
  int rounds() {
    return values("round").size();
  }
}
