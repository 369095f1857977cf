package dev.bucketlens.bench;

import dev.bucketlens.bench.Turns.Contender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What memory a function needs: over time, for one photo, and held to Lambda's sizes. */
final class MemorySections {
  private static final int BATCH = 10;
  private static final String SMALL = "400x533.jpg";
  private static final String LARGE = "4000x3000.jpg";
  private static final List<String> LARGE_ONES =
      List.of(LARGE, "4000x3000-progressive.jpg", "4000x3000.webp", "4000x3000.png");
  private static final List<String> LAMBDA_SIZES =
      List.of("128", "192", "256", "384", "512", "1024", "1769");

  private MemorySections() {}

  /**
   * Resident memory of one function while it stores photo after photo, in batches of ten as the
   * queue delivers them: the sample photos, of every format, in turn.
   */
  static void photoAfterPhoto(Settings settings, Csv csv) throws Exception {
    int most = settings.number("photos", 8_000);
    int step = Math.max(most / 8, 1000);
    try (Backend backend = Backend.start("http")) {
      Deployment deployment = new Deployment(backend, Settings.model("efficientnet-lite0"));
      List<String> keys = putSamples(backend);
      try (FunctionProcess function = deployment.startUpload(Settings.variant("image"))) {
        deployment.deliver(function, keys.subList(0, 1));
        csv.row("1", "image", 1, ProcessMemory.of(function.pid()).residentMegabytes());
        for (int photos = BATCH; photos <= most; photos += BATCH) {
          deployment.deliver(function, keys);
          if (photos == 1000 || photos % step == 0) {
            double resident = ProcessMemory.of(function.pid()).residentMegabytes();
            csv.row(Integer.toString(photos), "image", 1, resident);
          }
        }
      }
    }
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

  /**
   * Peak resident memory above idle, the file's bytes included in that, of decoding the first 12 MP
   * photo after thirty small ones.
   */
  static void onePhoto(Settings settings, Csv csv) throws Exception {
    for (String photo : LARGE_ONES) {
      Map<String, Contender> contenders = new LinkedHashMap<>();
      for (PhotoDecoder decoder : List.of(PhotoDecoder.REDUCED, PhotoDecoder.FULL)) {
        contenders.put(
            decoder.name().toLowerCase(Locale.ROOT), () -> new double[] {peak(decoder, photo)});
      }
      new Turns(csv, settings.rounds()).take(photo, contenders);
    }
  }

  private static double peak(PhotoDecoder decoder, String photo) throws IOException {
    try (Loop loop = Loop.ofJava(Settings.imageFlags(), "decode", decoder)) {
      loop.ask(Settings.generated(SMALL) + " 30");
      // The file's own bytes are not what decoding costs.
      loop.ask(Settings.generated(photo) + " 0");
      ProcessMemory memory = ProcessMemory.of(loop.pid());
      double idle = memory.residentMegabytes();
      memory.forgetPeak();
      loop.ask(Settings.generated(photo) + " 1");
      return memory.peakMegabytes() - idle;
    }
  }

  /**
   * The function held to Lambda's memory sizes: whether it stores the largest photos that are
   * usual, alone and ten at once, and how long a photo takes. A size at which it fails has no
   * times, and what failed as its variant.
   */
  static void lambdaSizes(Settings settings, Csv csv) throws Exception {
    if (!LambdaSize.canBeHeld()) {
      throw new IOException("This system lets us make no control groups (version 1, as root).");
    }
    try (Backend backend = Backend.start("http")) {
      for (String photo : Stream.concat(Stream.of(SMALL), LARGE_ONES.stream()).toList()) {
        backend.put(photo, Settings.generated(photo));
        backend.put("again-" + photo, Settings.generated(photo));
      }
      Deployment deployment = new Deployment(backend, Settings.model("efficientnet-lite0"));
      for (String size : settings.list("sizes", String.join(",", LAMBDA_SIZES))) {
        storeHeld(deployment, csv, Integer.parseInt(size));
      }
    }
  }

  private static void storeHeld(Deployment deployment, Csv csv, int megabytes)
      throws IOException, InterruptedException {
    Variant image = Settings.variant("image");
    try (LambdaSize size = LambdaSize.of(megabytes);
        FunctionProcess function =
            deployment.start(image, size.holding(image.command(image.upload())))) {
      String trying = "the start";
      try {
        function.api().awaitReady();
        List<String> ten = new ArrayList<>();
        for (String photo : Stream.concat(Stream.of(SMALL), LARGE_ONES.stream()).toList()) {
          trying = photo;
          deployment.upload(function, List.of(photo));
          ten.addAll(List.of(photo, "again-" + photo));
        }
        trying = "ten of them at once";
        deployment.upload(function, ten);
        double small = deployment.store(function, SMALL, 12);
        csv.row(megabytes + "", "nothing", 1, small, deployment.store(function, LARGE, 5));
      } catch (IOException e) {
        System.out.printf("%d MB, %s: %s%n", megabytes, trying, e.getMessage());
        csv.row(megabytes + "", trying, 1, Double.NaN, Double.NaN);
      }
    }
  }
}
