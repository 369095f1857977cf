package dev.bucketlens.bench.report;

import java.util.List;

/** What this program wants to reach; each ratio compares two things measured in one run. */
final class Goals {

  static final List<Goal> ALL =
      List.of(
          Goal.atMost(
                  0.5,
                  "first upload stored: the image, over Python the course's way",
                  "cold-start",
                  results -> firstUpload(results, "image") / firstUpload(results, "course"))
              .watched(),
          Goal.atMost(
              0.35,
              "first upload stored: the image, over Java without flags or cache",
              "cold-start",
              results -> firstUpload(results, "image") / firstUpload(results, "plain")),
          photo(0.6, "warm-scores", "400x533.jpg", "efficientnet-lite0"),
          photo(0.6, "warm-scores", "400x533.jpg", "efficientnet-lite0-float32"),
          photo(0.15, "warm-scores", "4000x3000.jpg", "efficientnet-lite0").watched(),
          photo(0.15, "warm-scores", "4000x3000.jpg", "efficientnet-lite0-float32"),
          photo(0.8, "warm-items", "400x533.jpg", "efficientnet-lite0"),
          photo(0.25, "warm-items", "4000x3000.jpg", "efficientnet-lite0"),
          binding("efficientnet-lite0").watched(),
          binding("efficientnet-lite0-float32"),
          decoder(5, "4000x3000.jpg", "ImageIO", "imageio"),
          decoder(3, "4000x3000.jpg", "Pillow", "pillow"),
          Goal.atMost(
              1.3,
              "4000x3000.jpg to pixels: here, over djpeg -scale 1/8",
              "decoders",
              results -> decoded(results, "4000x3000.jpg", "here", "djpeg")),
          decoder(2, "400x533.jpg", "ImageIO", "imageio"),
          Goal.atLeast(
              1.7,
              "photos a second: two interpreters on two cores, over one",
              "throughput",
              Goals::speedUp),
          Goal.atLeast(
              1.7,
              "ten photos stored: one event each, over one batch",
              "batches",
              results -> results.median("ratio")),
          Goal.atMost(
              1.05,
              "resident after the last photo, over after 1,000",
              "memory",
              results -> {
                Results last = results.where("photos", results.values("photos").getLast());
                return last.median("rss_mb") / results.where("photos", "1000").median("rss_mb");
              }));

  private Goals() {}

  /** All goals of which there are raw results. */
  static String table(ResultFolder results) {
    MarkdownTable table = new MarkdownTable("ratio", "goal", "measured", "");
    for (Goal goal : ALL) {
      goal.measure(results)
          .ifPresent(
              measured ->
                  table.row(
                      goal.what(),
                      (goal.lower() ? "at most " : "at least ") + goal.limit(),
                      Text.of("**%.3f**", measured),
                      goal.isMet(measured) ? "met" : "missed"));
    }
    return table.toString();
  }

  private static double firstUpload(Results results, String variant) {
    return results.where("function", "upload").where("variant", variant).median("first_ms");
  }

  private static Goal photo(double limit, String file, String photo, String model) {
    String path = file.equals("warm-scores") ? "bytes to scores" : "event to stored item";
    return Goal.atMost(
            limit,
            "%s, %s, %s: the image, over Python the course's way".formatted(path, photo, model),
            file,
            results -> {
              Results rows = results.where("photo", photo);
              return rows.where("variant", "image").median("ms")
                  / rows.where("variant", "course").median("ms");
            })
        .of(model);
  }

  private static Goal binding(String model) {
    return Goal.atMost(
            1.03,
            "one inference, %s: Java, over bare C".formatted(model),
            "binding",
            results -> results.median("ratio"))
        .of(model);
  }

  private static Goal decoder(double limit, String photo, String name, String decoder) {
    return Goal.atLeast(
        limit,
        "%s to pixels: %s, over here".formatted(photo, name),
        "decoders",
        results -> decoded(results, photo, decoder, "here"));
  }

  private static double decoded(Results results, String photo, String over, String under) {
    return results.where("photo", photo).ratios("decoder", over, under, "ms").median();
  }

  private static double speedUp(Results results) {
    return results.where("interpreters", "2").median("photos_per_second")
        / results.where("interpreters", "1").median("photos_per_second");
  }
}
