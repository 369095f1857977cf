package dev.bucketlens.bench.report;

import java.util.List;
import java.util.function.Function;

/**
 * A plot of docs/performance.md.
 *
 * @param file the raw results, and the name of the drawing
 * @param chart makes it of them
 */
record Plot(String file, Function<Results, BarChart> chart) {

  static final List<Plot> ALL =
      List.of(
          new Plot("cold-start", Plot::coldStart),
          new Plot("warm-scores", Plot::warm),
          new Plot("memory", Plot::memory));

  private static BarChart coldStart(Results rows) {
    BarChart chart = new BarChart("From process start to the first upload stored");
    Results uploads = rows.where("function", "upload");
    for (String variant : uploads.values("variant")) {
      bar(chart, "", variant, uploads.where("variant", variant).median("first_ms"));
    }
    return chart;
  }

  private static BarChart warm(Results rows) {
    BarChart chart = new BarChart("From bytes to ranked scores, int8, one thread");
    Results scores = rows.where("model", "efficientnet-lite0");
    for (String photo : scores.values("photo")) {
      for (String variant : scores.values("variant")) {
        double ms = scores.where("photo", photo).where("variant", variant).median("ms");
        bar(chart, photo.replace(".jpg", ": "), variant, ms);
      }
    }
    return chart;
  }

  private static BarChart memory(Results rows) {
    BarChart chart = new BarChart("Resident memory of one function after so many photos, MB");
    for (String photos : rows.values("photos")) {
      double megabytes = rows.where("photos", photos).median("rss_mb");
      chart.bar(
          Text.of("%,d", Integer.parseInt(photos)), megabytes, Text.of("%.0f", megabytes), true);
    }
    return chart;
  }

  private static void bar(BarChart chart, String prefix, String variant, double ms) {
    String label = prefix + Sections.VARIANTS.get(variant).replace("*", "");
    chart.bar(label, ms, Text.milliseconds(ms), variant.equals("image"));
  }
}
