package dev.bucketlens.bench;

import dev.bucketlens.bench.RuntimeApiServer.Answer;
import dev.bucketlens.bench.Turns.Contender;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What whole functions do, started as Lambda starts them, S3 and the table in this process. */
final class FunctionSections {
  private static final String KITTEN = "kitten.jpg";
  private static final int BATCH = 10;

  private FunctionSections() {}

  /**
   * From process start to the end of init, to the first stored upload, and to the first answered
   * {@code {"url"}}: {@code functions}, by each of {@code schemes}.
   */
  static void coldStart(Settings settings, Csv csv) throws Exception {
    for (String scheme : settings.list("schemes", "http,https")) {
      try (Backend backend = Backend.start(scheme)) {
        backend.put(Settings.SAMPLES.resolve(KITTEN));
        Deployment deployment = new Deployment(backend, Settings.model("efficientnet-lite0"));
        for (String function : settings.list("functions", "upload,api")) {
          Map<String, Contender> contenders = new LinkedHashMap<>();
          for (Variant variant : settings.variants()) {
            contenders.put(variant.name(), () -> firstAnswer(deployment, function, variant));
          }
          new Turns(csv, settings.rounds()).take(function + " " + scheme, contenders);
        }
      }
    }
  }

  private static double[] firstAnswer(Deployment deployment, String function, Variant variant)
      throws IOException, InterruptedException {
    boolean upload = function.equals("upload");
    try (FunctionProcess process =
        upload ? deployment.startUpload(variant) : deployment.startApi(variant)) {
      long ready = process.api().awaitReady();
      Answer answer =
          upload
              ? deployment.upload(process, List.of(KITTEN))
              : deployment.request(process, KITTEN);
      double[] figures = {
        (ready - process.startNanos()) / 1e6,
        (answer.nanos() - process.startNanos()) / 1e6,
        process.processorTime().toNanos() / 1e6,
        ProcessMemory.of(process.pid()).residentMegabytes()
      };
      if (upload) {
        deployment.backend().takeLabel(KITTEN);
      }
      return figures;
    }
  }

  /** From the event to the stored item, by each of {@code schemes}. */
  static void warmItems(Settings settings, Csv csv) throws Exception {
    for (String scheme : settings.list("schemes", "http,https")) {
      try (Backend backend = Backend.start(scheme)) {
        for (WarmPhoto photo : WarmPhoto.SCORED) {
          backend.put(Settings.generated(photo.name()));
        }
        for (String model : settings.models()) {
          String subject = scheme.equals("https") ? model + ", by TLS" : model;
          Deployment deployment = new Deployment(backend, Settings.model(model));
          storeInTurns(settings, csv, deployment, subject);
        }
      }
    }
  }

  private static void storeInTurns(
      Settings settings, Csv csv, Deployment deployment, String subject) throws Exception {
    Map<String, FunctionProcess> functions = new LinkedHashMap<>();
    try {
      for (Variant variant : settings.variants()) {
        functions.put(variant.name(), deployment.startUpload(variant));
      }
      for (WarmPhoto photo : settings.warmed(WarmPhoto.SCORED)) {
        Map<String, Contender> contenders = new LinkedHashMap<>();
        for (Map.Entry<String, FunctionProcess> function : functions.entrySet()) {
          boolean python = List.of("course", "tuned").contains(function.getKey());
          int warmUp = python ? photo.count() : photo.warmUp();
          deployment.store(function.getValue(), photo.name(), warmUp);
          contenders.put(
              function.getKey(),
              () -> {
                double ms = deployment.store(function.getValue(), photo.name(), photo.count());
                return new double[] {ms};
              });
        }
        new Turns(csv, settings.rounds()).take(photo.name() + " " + subject, contenders);
      }
    } finally {
      functions.values().forEach(FunctionProcess::close);
    }
  }

  /** Ten photos told one by one, and in one batch: from the first event to the last answer. */
  static void batches(Settings settings, Csv csv) throws Exception {
    try (Backend backend = Backend.start("http")) {
      List<String> keys = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        String photo = i % 2 == 0 ? "chameleon.jpg" : "crab.jpg";
        keys.add(backend.put(i + "-" + photo, Settings.SAMPLES.resolve(photo)));
      }
      for (String model : settings.models()) {
        Deployment deployment = new Deployment(backend, Settings.model(model));
        try (FunctionProcess function = deployment.startUpload(Settings.variant("image"))) {
          Map<String, Contender> contenders = new LinkedHashMap<>();
          for (int size : List.of(1, BATCH)) {
            contenders.put(
                size == 1 ? "single" : "batch",
                () -> new double[] {storeAll(deployment, function, keys, size)});
          }
          for (int i = 0; i < settings.number("first", 20); i++) {
            for (Contender contender : contenders.values()) {
              contender.measure();
            }
          }
          new Turns(csv, settings.rounds()).take(model, contenders);
        }
      }
    }
  }

  private static double storeAll(
      Deployment deployment, FunctionProcess function, List<String> keys, int size)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long end = start;
    for (int i = 0; i < keys.size(); i += size) {
      end = deployment.upload(function, keys.subList(i, i + size)).nanos();
    }
    for (String key : keys) {
      deployment.backend().takeLabel(key);
    }
    return (end - start) / 1e6;
  }
}
