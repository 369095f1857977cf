package dev.bucketlens.bench.report;

/** The tables of what several photos, threads or interpreters do at once. */
final class ParallelSections {

  private ParallelSections() {}

  static String throughput(Results rows) {
    MarkdownTable table = new MarkdownTable("model", "one interpreter", "two", "ratio");
    for (String model : rows.values("model")) {
      Results runs = rows.where("model", model);
      double one = runs.where("interpreters", "1").median("photos_per_second");
      double two = runs.where("interpreters", "2").median("photos_per_second");
      table.row(
          model, Text.of("%.0f photos a second", one), Text.of("%.0f", two), Text.ratio(two / one));
    }
    return table.toString();
  }

  static String batches(Results rows) {
    MarkdownTable table =
        new MarkdownTable(
            "model",
            "ten photos, one event each",
            "in one batch",
            "ratio of rounds: median, quartiles");
    for (String model : rows.values("model")) {
      Results rounds = rows.where("model", model);
      Sample ratio = rounds.sample("ratio");
      table.row(
          model,
          Text.spread(rounds.sample("single_ms")),
          Text.spread(rounds.sample("batch_ms")),
          Text.of("%.2f (%.2f to %.2f)", ratio.median(), ratio.low(), ratio.high()));
    }
    return table.toString();
  }

  static String interpreters(Results rows) {
    MarkdownTable table =
        new MarkdownTable(
            "model",
            "interpreters",
            "threads each",
            "weight cache",
            "made in",
            "resident",
            "one run",
            "runs a second");
    for (String model : rows.values("model")) {
      for (String setup : rows.values("setup")) {
        Results runs = rows.where("model", model).where("setup", setup);
        String[] parts = setup.split(" ", -1);
        table.row(
            model,
            parts[0],
            parts[1],
            parts[2],
            Text.milliseconds(runs.median("make_ms")),
            Text.of("%.0f MB", runs.median("rss_mb")),
            Text.milliseconds(runs.median("run_ms")),
            Text.of("%.0f", runs.median("runs_per_second")));
      }
    }
    return table.toString();
  }
}
