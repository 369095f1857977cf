package dev.bucketlens.bench;

import dev.bucketlens.bench.RuntimeApiServer.Answer;
import dev.bucketlens.bench.report.Csv;
import java.io.IOException;
import java.util.List;

/**
 * From process start to the end of init, to the first stored upload, and to the first answered
 * {@code {"url"}}: the variants take turns, so that what else the machine does meets all of them.
 */
final class ColdStart {
  private static final String PHOTO = "kitten.jpg";

  private final Deployment deployment;
  private final Csv csv;

  private ColdStart(Deployment deployment, Csv csv) {
    this.deployment = deployment;
    this.csv = csv;
  }

  public static void main(String[] args) {
    Main.run(() -> run(Settings.from(args)));
  }

  private static void run(Settings settings) throws IOException, InterruptedException {
    List<Variant> variants = settings.variants();
    try (Backend backend = Backend.start();
        Csv csv =
            Csv.create(
                settings.csv("cold-start"),
                "function,variant,round,init_ms,first_ms,cpu_ms,rss_mb")) {
      backend.put(Settings.SAMPLES.resolve(PHOTO));
      ColdStart bench =
          new ColdStart(
              new Deployment(backend, settings.model("efficientnet-lite0"), settings.log()), csv);
      for (String function : settings.functions()) {
        // The first round warms the servers and the page cache, and is not counted.
        for (int round = 0; round <= settings.rounds(); round++) {
          System.out.printf("cold start, %s: round %d of %d%n", function, round, settings.rounds());
          for (Variant variant : variants) {
            bench.measure(function, variant, round);
          }
        }
      }
    }
  }

  private void measure(String function, Variant variant, int round)
      throws IOException, InterruptedException {
    boolean upload = function.equals("upload");
    try (FunctionProcess process =
        upload ? deployment.startUpload(variant) : deployment.startApi(variant)) {
      long ready = process.api().awaitReady();
      Answer answer =
          upload ? deployment.upload(process, List.of(PHOTO)) : deployment.request(process, PHOTO);
      double processor = process.processorTime().toNanos() / 1e6;
      long resident = process.residentMegabytes();
      if (upload) {
        deployment.backend().takeLabel(PHOTO);
      }
      if (round > 0) {
        csv.row(
            function,
            variant.name(),
            round,
            (ready - process.startNanos()) / 1e6,
            (answer.nanos() - process.startNanos()) / 1e6,
            processor,
            resident);
      }
    }
  }
}
