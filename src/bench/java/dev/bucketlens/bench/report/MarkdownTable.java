package dev.bucketlens.bench.report;

import java.util.Collections;
import java.util.List;

/** A table of a Markdown page. */
final class MarkdownTable {
  private final StringBuilder text = new StringBuilder();
  private final int width;

  MarkdownTable(String... columns) {
    width = columns.length;
    line(List.of(columns));
    line(Collections.nCopies(width, "---"));
  }

  void row(String... cells) {
    row(List.of(cells));
  }

  void row(List<String> cells) {
    if (cells.size() != width) {
      throw new IllegalArgumentException(
          "The table has %d columns, not those of %s".formatted(width, cells));
    }
    line(cells);
  }

  private void line(List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
