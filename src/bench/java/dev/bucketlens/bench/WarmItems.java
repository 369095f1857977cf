package dev.bucketlens.bench;

import dev.bucketlens.bench.RuntimeApiServer.Answer;
import dev.bucketlens.bench.report.Csv;
import dev.bucketlens.bench.report.Sample;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Warm functions on the same photos, taking turns: from the event to the stored item. */
final class WarmItems {
  private final Settings settings;
  private final Csv csv;

  private WarmItems(Settings settings, Csv csv) {
    this.settings = settings;
    this.csv = csv;
  }

  public static void main(String[] args) {
    Main.run(() -> run(Settings.from(args)));
  }

  private static void run(Settings settings) throws IOException, InterruptedException {
    try (Csv csv = Csv.create(settings.csv("warm-items"), "photo,model,variant,round,ms");
        Backend backend = Backend.start()) {
      for (WarmPhoto photo : WarmPhoto.ALL) {
        backend.put(settings.generated(photo.name()));
      }
      for (String model : settings.models()) {
        Deployment deployment = new Deployment(backend, settings.model(model), settings.log());
        new WarmItems(settings, csv).measure(model, deployment);
      }
    }
  }

  private void measure(String model, Deployment deployment)
      throws IOException, InterruptedException {
    Map<String, FunctionProcess> functions = new LinkedHashMap<>();
    try {
      for (Variant variant : settings.variants()) {
        functions.put(variant.name(), warm(deployment, variant));
      }
      for (int round = 0; round <= settings.rounds(); round++) {
        System.out.printf("warm items, %s: round %d of %d%n", model, round, settings.rounds());
        for (WarmPhoto photo : WarmPhoto.ALL) {
          for (Map.Entry<String, FunctionProcess> function : functions.entrySet()) {
            double ms = store(deployment, function.getValue(), photo.name(), photo.count());
            if (round > 0) {
              csv.row(photo.name(), model, function.getKey(), round, ms);
            }
          }
        }
      }
    } finally {
      functions.values().forEach(FunctionProcess::close);
    }
  }

  private static FunctionProcess warm(Deployment deployment, Variant variant)
      throws IOException, InterruptedException {
    FunctionProcess function = deployment.startUpload(variant);
    for (WarmPhoto photo : WarmPhoto.ALL) {
      store(deployment, function, photo.name(), photo.warmUp() / 5);
    }
    return function;
  }

  /** The median of storing a photo so often. */
  static double store(Deployment deployment, FunctionProcess function, String key, int count)
      throws IOException, InterruptedException {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      Answer answer = deployment.upload(function, List.of(key));
      times[i] = (answer.nanos() - start) / 1e6;
      deployment.backend().takeLabel(key);
    }
    return Sample.of(times).median();
  }
}
