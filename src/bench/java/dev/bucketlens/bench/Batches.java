package dev.bucketlens.bench;

import dev.bucketlens.bench.RuntimeApiServer.Answer;
import dev.bucketlens.bench.report.Csv;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Ten photos told one by one, and in one batch, taking turns: from the first event to the last
 * answer. S3 and the table run in this process, the function in its own.
 */
final class Batches {
  private static final List<String> PHOTOS = List.of("chameleon.jpg", "crab.jpg");
  private static final int SIZE = 10;
  private static final int WARM_UP = 20;

  private final Deployment deployment;
  private final FunctionProcess function;
  private final List<String> keys;

  private Batches(Deployment deployment, FunctionProcess function, List<String> keys) {
    this.deployment = deployment;
    this.function = function;
    this.keys = keys;
  }

  public static void main(String[] args) {
    Main.run(() -> run(Settings.from(args)));
  }

  private static void run(Settings settings) throws IOException, InterruptedException {
    try (Csv csv = Csv.create(settings.csv("batches"), "model,round,single_ms,batch_ms,ratio");
        Backend backend = Backend.start()) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < SIZE; i++) {
        String photo = PHOTOS.get(i % PHOTOS.size());
        keys.add(backend.put(i + "-" + photo, Settings.SAMPLES.resolve(photo)));
      }
      for (String model : settings.models()) {
        Deployment deployment = new Deployment(backend, settings.model(model), settings.log());
        try (FunctionProcess function = deployment.startUpload(settings.variant("image"))) {
          new Batches(deployment, function, keys).measure(settings, csv, model);
        }
      }
    }
  }

  private void measure(Settings settings, Csv csv, String model)
      throws IOException, InterruptedException {
    for (int round = 1 - WARM_UP; round <= settings.rounds(); round++) {
      double single = store(1);
      double batch = store(SIZE);
      if (round > 0) {
        csv.row(model, round, single, batch, single / batch);
      }
    }
    System.out.printf("batches, %s: done%n", model);
  }

  /** Has all photos stored, so many with each event, and forgets the results. */
  private double store(int batch) throws IOException, InterruptedException {
    long start = System.nanoTime();
    long end = start;
    for (int i = 0; i < SIZE; i += batch) {
      Answer answer = deployment.upload(function, keys.subList(i, i + batch));
      end = answer.nanos();
    }
    for (String key : keys) {
      deployment.backend().takeLabel(key);
    }
    return (end - start) / 1e6;
  }
}
