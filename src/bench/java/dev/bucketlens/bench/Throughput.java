package dev.bucketlens.bench;

import dev.bucketlens.bench.report.Csv;
import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifierSettings;
import dev.bucketlens.image.ImageLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Photos a second, from bytes to scores, with one interpreter and with two, taking turns. */
final class Throughput {

  private Throughput() {}

  public static void main(String[] args) {
    Main.run(() -> run(Settings.from(args)));
  }

  private static void run(Settings settings) throws Exception {
    byte[] photo = Files.readAllBytes(settings.generated("400x533.jpg"));
    Duration slice = Duration.ofMillis(settings.number("slice", 1000));
    try (Csv csv =
        Csv.create(settings.csv("throughput"), "model,interpreters,round,photos_per_second")) {
      for (String model : settings.models()) {
        Path file = settings.model(model);
        try (Classifier one = open(file, 1);
            Classifier two = open(file, 2)) {
          Workers alone = new Workers(one, photo, 1);
          Workers pair = new Workers(two, photo, 2);
          for (int round = 0; round <= settings.rounds(); round++) {
            double single = alone.photosPerSecond(slice);
            double both = pair.photosPerSecond(slice);
            if (round > 0) {
              csv.row(model, 1, round, single);
              csv.row(model, 2, round, both);
            }
          }
        }
        System.out.printf("throughput, %s: done%n", model);
      }
    }
  }

  static Classifier open(Path model, int interpreters) throws Exception {
    return Classifier.open(model, new ClassifierSettings(interpreters, 1, ImageLimits.defaults()));
  }
}
