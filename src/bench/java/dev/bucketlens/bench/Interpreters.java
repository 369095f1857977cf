package dev.bucketlens.bench;

import dev.bucketlens.bench.report.Csv;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * TensorFlow Lite itself, in C: what threads, more interpreters and XNNPACK's weight cache do to
 * time and memory.
 */
final class Interpreters {
  private static final List<Setup> SETUPS =
      List.of(
          new Setup(1, 1, false),
          new Setup(1, 1, true),
          new Setup(1, 2, false),
          new Setup(2, 1, false),
          new Setup(2, 1, true),
          new Setup(2, 2, false));

  private Interpreters() {}

  private record Setup(int interpreters, int threads, boolean cache) {
    String name() {
      return "%d %d %s".formatted(interpreters, threads, cache ? "on" : "off");
    }
  }

  public static void main(String[] args) {
    Main.run(() -> run(Settings.from(args)));
  }

  private static void run(Settings settings) throws IOException {
    try (Csv csv =
        Csv.create(
            settings.csv("interpreters"),
            "model,setup,round,make_ms,rss_mb,run_ms,runs_per_second")) {
      for (int round = 1; round <= settings.rounds(); round++) {
        System.out.printf("interpreters: round %d of %d%n", round, settings.rounds());
        for (String model : settings.models()) {
          for (Setup setup : SETUPS) {
            measure(settings, csv, model, setup, round);
          }
        }
      }
    }
  }

  private static void measure(Settings settings, Csv csv, String model, Setup setup, int round)
      throws IOException {
    List<String> command =
        settings.invoke(
            settings.model(model), setup.threads(), setup.interpreters(), setup.cache());
    try (Loop loop = Loop.start(command, Map.of(), settings.log())) {
      String[] made = loop.read().split(" ", -1);
      loop.ask("5");
      String[] runs = loop.ask(settings.text("runs", "20")).split(" ", -1);
      csv.row(
          model, setup.name(), round, made[0], made[1], Double.parseDouble(runs[0]) / 1e3, runs[1]);
    }
  }
}
