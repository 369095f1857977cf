package dev.bucketlens.bench;

import dev.bucketlens.bench.report.Csv;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Resident memory of one function while it stores photo after photo, in batches of ten as the queue
 * delivers them: the sample photos, of every format, in turn.
 */
final class Memory {
  private static final int BATCH = 10;

  private Memory() {}

  public static void main(String[] args) {
    Main.run(() -> run(Settings.from(args)));
  }

  private static void run(Settings settings) throws IOException, InterruptedException {
    try (Backend backend = Backend.start();
        Csv csv = Csv.create(settings.csv("memory"), "photos,rss_mb,seconds")) {
      Deployment deployment =
          new Deployment(backend, settings.model("efficientnet-lite0"), settings.log());
      measure(deployment, settings, csv);
    }
  }

  private static void measure(Deployment deployment, Settings settings, Csv csv)
      throws IOException, InterruptedException {
    int most = settings.number("photos", 20_000);
    int step = Math.max(most / 20, 1000);
    List<String> keys = putSamples(deployment.backend());
    try (FunctionProcess function = deployment.startUpload(settings.variant("image"))) {
      long start = System.nanoTime();
      deployment.deliver(function, keys.subList(0, 1));
      csv.row(1, function.residentMegabytes(), seconds(start));
      for (int photos = BATCH; photos <= most; photos += BATCH) {
        deployment.deliver(function, keys);
        if (photos == 1000 || photos % step == 0) {
          csv.row(photos, function.residentMegabytes(), seconds(start));
          System.out.printf("memory: %d of %d photos%n", photos, most);
        }
      }
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Ten objects of the sample photos. */
  private static List<String> putSamples(Backend backend) throws IOException {
    List<Path> samples;
    try (Stream<Path> files = Files.list(Settings.SAMPLES)) {
      samples = files.filter(file -> !file.toString().endsWith(".md")).sorted().toList();
    }
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < BATCH; i++) {
      Path photo = samples.get(i % samples.size());
      keys.add(backend.put(i + "-" + photo.getFileName(), photo));
    }
    return keys;
  }
}
