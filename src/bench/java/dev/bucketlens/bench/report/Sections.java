package dev.bucketlens.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The tables of docs/performance.md. */
final class Sections {

  static final List<Section> ALL =
      List.of(
          new Section("cold-start", "cold-start", Sections::coldStart),
          new Section("flags", "flags", Sections::flags),
          new Section("warm-scores", "warm-scores", Sections::warm),
          new Section("warm-items", "warm-items", Sections::warm),
          new Section("parts", "parts", Sections::parts),
          new Section("binding", "binding", Sections::binding),
          new Section("decoders", "decoders", Sections::decoders),
          new Section("throughput", "throughput", ParallelSections::throughput),
          new Section("batches", "batches", ParallelSections::batches),
          new Section("interpreters", "interpreters", ParallelSections::interpreters),
          new Section("memory", "memory", Sections::memory),
          new Section("memory-sizes", "memory-sizes", Sections::memorySizes));

  /** How the page calls the variants. */
  static final Map<String, String> VARIANTS =
      Map.of(
          "plain", "Java, no flags, no cache",
          "managed", "Java with the managed runtime's flags",
          "image", "**the container image**",
          "c2", "Java with C2",
          "course", "Python, the course's way",
          "tuned", "Python, tuned");

  private Sections() {}

  private static String coldStart(Results rows) {
    MarkdownTable table =
        new MarkdownTable(
            "started as",
            "init",
            "first upload stored",
            "first `{\"url\"}` answered",
            "processor time",
            "resident");
    Results uploads = rows.where("function", "upload");
    Results requests = rows.where("function", "api");
    for (String variant : uploads.values("variant")) {
      Results upload = uploads.where("variant", variant);
      table.row(
          VARIANTS.get(variant),
          Text.milliseconds(upload.median("init_ms")),
          Text.spread(upload.sample("first_ms")),
          Text.spread(requests.where("variant", variant).sample("first_ms")),
          Text.milliseconds(upload.median("cpu_ms")),
          Text.of("%.0f MB", upload.median("rss_mb")));
    }
    return table.toString();
  }

  private static String flags(Results rows) {
    MarkdownTable table =
        new MarkdownTable(
            "the image's flags, and", "first upload stored", "processor time", "resident");
    for (String variant : rows.values("variant")) {
      Results starts = rows.where("variant", variant);
      table.row(
          variant.equals("image") ? "nothing else" : variant,
          Text.spread(starts.sample("first_ms")),
          Text.milliseconds(starts.median("cpu_ms")),
          Text.of("%.0f MB", starts.median("rss_mb")));
    }
    return table.toString();
  }

  private static String warm(Results rows) {
    List<String> variants = rows.values("variant");
    List<String> header = new ArrayList<>(List.of("photo, model"));
    variants.forEach(variant -> header.add(VARIANTS.get(variant)));
    MarkdownTable table = new MarkdownTable(header.toArray(String[]::new));
    for (String model : rows.values("model")) {
      for (String photo : rows.values("photo")) {
        Results cell = rows.where("model", model).where("photo", photo);
        double ours = cell.where("variant", "image").median("ms");
        List<String> line = new ArrayList<>(List.of(photo + ", " + model));
        for (String variant : variants) {
          double ms = cell.where("variant", variant).median("ms");
          String ratio = variant.equals("image") ? "" : Text.of(" (%.2f)", ours / ms);
          line.add(Text.milliseconds(ms) + ratio);
        }
        table.row(line);
      }
    }
    return table.toString();
  }

  private static String parts(Results rows) {
    MarkdownTable table = new MarkdownTable("part", "of", "time");
    for (String benchmark : rows.values("benchmark")) {
      Results part = rows.where("benchmark", benchmark);
      for (String of : part.values("of")) {
        table.row(benchmark, of, Text.spread(part.where("of", of).sample("ms")));
      }
    }
    return table.toString();
  }

  private static String binding(Results rows) {
    MarkdownTable table =
        new MarkdownTable("model", "bare C", "Java", "ratio of pairs: median, quartiles");
    for (String model : rows.values("model")) {
      Results pairs = rows.where("model", model);
      Sample ratio = pairs.sample("ratio");
      table.row(
          model,
          Text.milliseconds(pairs.median("c_ms")),
          Text.milliseconds(pairs.median("java_ms")),
          Text.of("%.3f (%.3f to %.3f)", ratio.median(), ratio.low(), ratio.high()));
    }
    return table.toString();
  }

  private static String decoders(Results rows) {
    MarkdownTable table =
        new MarkdownTable(
            "photo",
            "here, reduced decoding",
            "ImageIO, Graphics2D",
            "Pillow 13.0",
            "`djpeg -scale 1/8`, less its start");
    for (String name : rows.values("photo")) {
      Results photo = rows.where("photo", name);
      Results here = photo.where("decoder", "here");
      table.row(
          name,
          "**" + Text.spread(here.sample("ms")) + "**",
          theirs(photo, "imageio"),
          theirs(photo, "pillow"),
          theirs(photo, "djpeg"));
    }
    return table.toString();
  }

  private static String theirs(Results photo, String decoder) {
    if (!photo.values("decoder").contains(decoder)) {
      return "";
    }
    Sample ratio = photo.ratios("decoder", decoder, "here", "ms");
    return Text.milliseconds(photo.where("decoder", decoder).median("ms"))
        + Text.of(" (%.2f to %.2f×)", ratio.low(), ratio.high());
  }

  private static String memory(Results rows) {
    MarkdownTable table = new MarkdownTable("photos", "resident");
    for (String photos : rows.values("photos")) {
      table.row(
          Text.of("%,d", Integer.parseInt(photos)),
          Text.of("%.0f MB", rows.where("photos", photos).median("rss_mb")));
    }
    return table.toString();
  }

  private static String memorySizes(Results rows) {
    MarkdownTable table =
        new MarkdownTable(
            "memory",
            "what failed",
            "400×533 stored",
            "12 MP stored",
            "a million small",
            "a million 12 MP");
    for (String memory : rows.values("memory_mb")) {
      Results size = rows.where("memory_mb", memory);
      String failed = String.join(", ", size.values("failed"));
      if (failed.isEmpty()) {
        int megabytes = Integer.parseInt(memory);
        double small = size.median("small_ms");
        double large = size.median("large_ms");
        table.row(
            memory + " MB",
            "nothing",
            Text.milliseconds(small),
            Text.milliseconds(large),
            Text.of("$%.2f", LambdaPrice.million(small, megabytes)),
            Text.of("$%.2f", LambdaPrice.million(large, megabytes)));
      } else {
        table.row(memory + " MB", failed, "", "", "", "");
      }
    }
    return table.toString();
  }
}
