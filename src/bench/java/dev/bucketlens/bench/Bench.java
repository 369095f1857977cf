package dev.bucketlens.bench;

import java.util.List;
import java.util.Map;

/**
 * Measures one section of docs/performance.md into a file of raw results: {@code Bench SECTION
 * [NAME=VALUE ...]}, the values as in {@link Settings}.
 */
final class Bench {
  private static final List<String> FUNCTION = List.of("init_ms", "first_ms", "cpu_ms", "rss_mb");
  private static final List<String> TIME = List.of("ms");

  private static final Map<String, Section> SECTIONS =
      Map.ofEntries(
          Map.entry("cold-start", new Section(FUNCTION, FunctionSections::coldStart)),
          Map.entry("warm-items", new Section(TIME, FunctionSections::warmItems)),
          Map.entry("batches", new Section(TIME, FunctionSections::batches)),
          Map.entry("profile", new Section(List.of("share"), Profile::run)),
          Map.entry("warm-scores", new Section(TIME, LoopSections::warmScores)),
          Map.entry("decoders", new Section(TIME, LoopSections::decoders)),
          Map.entry("inference", new Section(TIME, LoopSections::inference)),
          Map.entry("making", new Section(TIME, LoopSections::making)),
          Map.entry(
              "interpreters",
              new Section(
                  List.of("make_ms", "rss_mb", "run_ms", "runs_per_second"),
                  LoopSections::interpreters)),
          Map.entry("parts", new Section(List.of("score"), Parts::run)),
          Map.entry("memory", new Section(List.of("rss_mb"), MemorySections::photoAfterPhoto)),
          Map.entry("memory-photos", new Section(List.of("peak_mb"), MemorySections::onePhoto)),
          Map.entry(
              "memory-sizes",
              new Section(List.of("small_ms", "large_ms"), MemorySections::lambdaSizes)));

  private Bench() {}

  /** What a section writes beside subject, variant and round, and how it measures. */
  private record Section(List<String> figures, Body body) {}

  /** Measures, and writes a row for each measurement. */
  private interface Body {
    void measure(Settings settings, Csv csv) throws Exception;
  }

  /** Ends the JVM with the section: DynamoDB Local leaves threads behind. */
  public static void main(String[] args) {
    Section section = SECTIONS.get(args[0]);
    if (section == null) {
      System.err.printf("There is no section '%s'; there are %s%n", args[0], SECTIONS.keySet());
      System.exit(2);
    }
    Settings settings = Settings.from(args);
    try (Csv csv = Csv.create(settings.csv(args[0]), section.figures())) {
      section.body().measure(settings, csv);
    } catch (Exception e) {
      e.printStackTrace();
      System.exit(1);
    }
    System.exit(0);
  }
}
