package dev.bucketlens.bench;

import dev.bucketlens.bench.report.Csv;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * One inference through the program's binding, over the same by bare C: pairs of short loops that
 * follow each other, so that a busy machine meets both. Each round starts both processes anew,
 * because where a process got its memory is worth some percent, too.
 */
final class Binding {
  private static final String WARM_UP = " 100";
  private static final String SHORT = " 10";

  private Binding() {}

  public static void main(String[] args) {
    Main.run(() -> run(Settings.from(args)));
  }

  private static void run(Settings settings) throws IOException {
    try (Csv csv = Csv.create(settings.csv("binding"), "model,round,pair,c_ms,java_ms,ratio")) {
      for (String model : settings.models()) {
        for (int round = 1; round <= settings.rounds(); round++) {
          System.out.printf("binding, %s: round %d of %d%n", model, round, settings.rounds());
          measure(settings, csv, model, round);
        }
      }
    }
  }

  private static void measure(Settings settings, Csv csv, String model, int round)
      throws IOException {
    Path file = settings.model(model);
    try (Loop c = Loop.start(settings.invoke(file, 1, 1, false), Map.of(), settings.log());
        Loop java = Loop.ofJava(settings, InvokeLoop.class, settings.imageFlags(), file)) {
      c.read();
      c.ask(WARM_UP);
      java.ask(WARM_UP);
      for (int pair = 1; pair <= settings.number("pairs", 20); pair++) {
        double inC = c.milliseconds(SHORT);
        double inJava = java.milliseconds(SHORT);
        csv.row(model, round, pair, inC, inJava, inJava / inC);
      }
    }
  }
}
