package dev.bucketlens.bench.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Horizontal bars, as SVG. The chart's own colours follow the reader's, light or dark, which no
 * chart library at hand does.
 */
final class BarChart {
  private static final int WIDTH = 760;
  private static final int LABELS = 280;
  private static final int BARS = 380;
  private static final int ROW = 26;
  private static final int TOP = 44;

  private record Bar(String label, double value, String text, boolean ours) {}

  private final String title;
  private final List<Bar> bars = new ArrayList<>();

  BarChart(String title) {
    this.title = title;
  }

  /**
   * Adds a bar.
   *
   * @param text the value as it is written beside the bar
   * @param ours whether it is coloured as this program's
   */
  void bar(String label, double value, String text, boolean ours) {
    bars.add(new Bar(label, value, text, ours));
  }

  String svg() {
    double most = bars.stream().mapToDouble(Bar::value).max().orElseThrow();
    StringBuilder rows = new StringBuilder();
    int y = TOP;
    for (Bar bar : bars) {
      rows.append(row(bar, y, bar.value() / most));
      y += ROW;
    }
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="%s">
    <style>
    text { font: 14px system-ui, sans-serif; fill: #1f2328 }
    .title { font-weight: 600 }
    .ours { fill: #1a7f37 }
    .theirs { fill: #8c959f }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 }
      .ours { fill: #3fb950 }
      .theirs { fill: #6e7681 }
    }
    </style>
    <text class="title" x="0" y="20">%s</text>
    %s</svg>
    """
        .formatted(WIDTH, y + 6, Svg.escape(title), Svg.escape(title), rows);
  }

  private static String row(Bar bar, int y, double share) {
    return Text.of(
        """
        <text x="%d" y="%d" text-anchor="end">%s</text>
        <rect class="%s" x="%d" y="%d" width="%.1f" height="%d" rx="2"/>
        <text x="%.1f" y="%d">%s</text>
        """,
        LABELS - 10,
        y + 15,
        Svg.escape(bar.label()),
        bar.ours() ? "ours" : "theirs",
        LABELS,
        y + 1,
        share * BARS,
        ROW - 6,
        LABELS + share * BARS + 8,
        y + 15,
        Svg.escape(bar.text()));
  }
}
