package dev.bucketlens.bench;

import dev.bucketlens.bench.report.Csv;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * The function held to Lambda's memory sizes: whether it stores the largest photos that are usual,
 * alone and ten at once, and how long a photo takes.
 */
final class MemorySizes {
  private static final String SMALL = "400x533.jpg";
  private static final String LARGE = "4000x3000.jpg";
  private static final List<String> HARDEST =
      List.of(SMALL, LARGE, "4000x3000-progressive.jpg", "4000x3000.webp", "4000x3000.png");
  private static final List<Integer> SIZES = List.of(128, 192, 256, 320, 384, 512, 1024, 1769);

  private final Settings settings;
  private final Deployment deployment;
  private final Csv csv;

  private MemorySizes(Settings settings, Deployment deployment, Csv csv) {
    this.settings = settings;
    this.deployment = deployment;
    this.csv = csv;
  }

  public static void main(String[] args) {
    Main.run(() -> run(Settings.from(args)));
  }

  private static void run(Settings settings) throws IOException, InterruptedException {
    if (!LambdaSize.canBeHeld()) {
      System.out.println("memory sizes: not measured, this system lets us make no control groups");
      return;
    }
    try (Backend backend = Backend.start();
        Csv csv = Csv.create(settings.csv("memory-sizes"), "memory_mb,failed,small_ms,large_ms")) {
      for (String photo : HARDEST) {
        for (String key : twoKeys(photo).toList()) {
          backend.put(key, settings.generated(photo));
        }
      }
      Deployment deployment =
          new Deployment(backend, settings.model("efficientnet-lite0"), settings.log());
      for (int megabytes : SIZES) {
        System.out.printf("memory sizes: %d MB%n", megabytes);
        new MemorySizes(settings, deployment, csv).measure(megabytes);
      }
    }
  }

  private void measure(int megabytes) throws IOException, InterruptedException {
    Variant image = settings.variant("image");
    try (LambdaSize size = LambdaSize.of(megabytes);
        FunctionProcess function =
            deployment.start(image, size.holding(image.command(image.upload())))) {
      String trying = "the start";
      try {
        function.api().awaitReady();
        for (String photo : HARDEST) {
          trying = photo;
          deployment.upload(function, List.of(photo));
        }
        trying = "ten of them at once";
        deployment.upload(function, HARDEST.stream().flatMap(MemorySizes::twoKeys).toList());
        csv.row(megabytes, "", store(function, SMALL, 20), store(function, LARGE, 5));
      } catch (IOException e) {
        System.out.printf("%s: %s%n", trying, e.getMessage());
        csv.row(megabytes, trying, "", "");
      }
    }
  }

  /** Two objects of a photo, so that one of each makes ten; the first has the file's name. */
  private static Stream<String> twoKeys(String photo) {
    return Stream.of(photo, "again-" + photo);
  }

  private double store(FunctionProcess function, String photo, int count)
      throws IOException, InterruptedException {
    return WarmItems.store(deployment, function, photo, count);
  }
}
