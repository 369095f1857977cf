package dev.bucketlens.bench.report;

/** The README's table: what is claimed, and which part of docs/performance.md measures it. */
final class Summary {
  private static final String PAGE = "docs/performance.md";

  private Summary() {}

  static String table(ResultFolder results) {
    Results starts = results.read("cold-start").where("function", "upload");
    Results scores = results.read("warm-scores").where("model", "efficientnet-lite0");
    MarkdownTable table =
        new MarkdownTable("", "here", "Python, the course's way", "Python, tuned", "measured in");
    row(table, "container image, process start to first result", "first_ms", starts, "cold-start");
    for (String photo : scores.values("photo")) {
      Results rows = scores.where("photo", photo);
      row(table, photo + ", bytes to ranked scores, warm", "ms", rows, "warm");
    }
    table.row(
        "one inference, over bare C",
        Text.ratio(results.read("binding").where("model", "efficientnet-lite0").median("ratio")),
        "",
        "",
        link("the-binding"));
    return table.toString();
  }

  private static void row(
      MarkdownTable table, String what, String column, Results rows, String anchor) {
    table.row(
        what,
        milliseconds(rows, "image", column),
        milliseconds(rows, "course", column),
        milliseconds(rows, "tuned", column),
        link(anchor));
  }

  private static String milliseconds(Results rows, String variant, String column) {
    return Text.milliseconds(rows.where("variant", variant).median(column));
  }

  private static String link(String anchor) {
    return "[" + anchor.replace('-', ' ') + "](" + PAGE + "#" + anchor + ")";
  }
}
