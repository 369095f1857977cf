package dev.bucketlens.bench;

import dev.bucketlens.bench.report.Csv;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Warm processes on the same photos, taking turns: from bytes to ranked scores. */
final class WarmScores {

  private WarmScores() {}

  public static void main(String[] args) {
    Main.run(() -> run(Settings.from(args)));
  }

  private static void run(Settings settings) throws IOException {
    try (Csv csv = Csv.create(settings.csv("warm-scores"), "photo,model,variant,round,ms")) {
      for (String model : settings.models()) {
        Map<String, Loop> loops = loops(settings, settings.model(model));
        try {
          measure(settings, csv, model, loops);
        } finally {
          loops.values().forEach(Loop::close);
        }
      }
    }
  }

  private static Map<String, Loop> loops(Settings settings, Path model) throws IOException {
    Map<String, Loop> loops = new LinkedHashMap<>();
    loops.put("image", warmJava(settings, settings.imageFlags(), model));
    loops.put("c2", warmJava(settings, Settings.C2, model));
    loops.put("course", warmPython(settings, "course", model));
    loops.put("tuned", warmPython(settings, "tuned", model));
    return loops;
  }

  private static Loop warmPython(Settings settings, String way, Path model) throws IOException {
    return Loop.ofPython(settings, way, way + ".classify", Map.of("MODEL", model.toString()));
  }

  private static Loop warmJava(Settings settings, List<String> flags, Path model)
      throws IOException {
    Loop loop = Loop.ofJava(settings, ClassifyLoop.class, flags, model);
    for (WarmPhoto photo : WarmPhoto.ALL) {
      loop.ask(settings.generated(photo.name()) + " " + photo.warmUp());
    }
    return loop;
  }

  private static void measure(Settings settings, Csv csv, String model, Map<String, Loop> loops)
      throws IOException {
    for (int round = 0; round <= settings.rounds(); round++) {
      System.out.printf("warm scores, %s: round %d of %d%n", model, round, settings.rounds());
      for (WarmPhoto photo : WarmPhoto.ALL) {
        Path file = settings.generated(photo.name());
        for (Map.Entry<String, Loop> loop : loops.entrySet()) {
          double ms = loop.getValue().milliseconds(file + " " + photo.count());
          if (round > 0) {
            csv.row(photo.name(), model, loop.getKey(), round, ms);
          }
        }
      }
    }
  }
}
