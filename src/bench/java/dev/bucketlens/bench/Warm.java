package dev.bucketlens.bench;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Warm processes on the same photos, taking turns: from bytes to ranked scores, and from the event
 * to the stored item.
 */
final class Warm {
  private static final Path PHOTO = Path.of("src/local/resources/photos/gibbon.jpg");

  private final Settings settings;
  private final Csv csv;
  private final Map<String, List<Double>> results = new LinkedHashMap<>();

  private Warm(Settings settings, Csv csv) {
    this.settings = settings;
    this.csv = csv;
  }

  public static void main(String[] args) {
    Main.run(() -> run(Settings.from(args)));
  }

  private static void run(Settings settings) throws IOException, InterruptedException {
    try (Csv csv =
        Csv.create(settings.results().resolve("warm.csv"), "path,photo,model,variant,round,ms")) {
      Warm warm = new Warm(settings, csv);
      Path small = photo(settings.results().resolve("400x533.jpg"), 400, 533);
      Path large = photo(settings.results().resolve("4000x3000.jpg"), 4000, 3000);
      for (String model : settings.text("models", "efficientnet-lite0").split(",", -1)) {
        warm.scores(List.of(small, large), model);
      }
      warm.items(List.of(small, large));
      warm.print();
    }
  }

  private void scores(List<Path> photos, String model) throws IOException, InterruptedException {
    Path file = Path.of("model", model + ".tflite").toAbsolutePath();
    Map<String, Process> loops = new LinkedHashMap<>();
    try {
      for (String variant : List.of("java", "java-c1", "course", "tuned")) {
        loops.put(variant, loop(variant, file));
      }
      for (int round = 0; round <= settings.rounds(); round++) {
        for (Path photo : photos) {
          for (Map.Entry<String, Process> loop : loops.entrySet()) {
            double ms = ask(loop.getValue(), photo, round == 0);
            if (round > 0) {
              record("bytes to scores", photo, model, loop.getKey(), round, ms);
            }
          }
        }
      }
    } finally {
      loops.values().forEach(Process::destroyForcibly);
    }
  }

  private Process loop(String variant, Path model) throws IOException {
    String threads = settings.text("threads", "1");
    List<String> command =
        switch (variant) {
          case "java" -> javaLoop(model, threads, "-XX:+UseSerialGC");
          case "java-c1" -> javaLoop(model, threads, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
          default ->
              List.of(
                  settings.venvs().resolve(variant).resolve("bin/python").toString(),
                  "src/bench/python/loop.py",
                  variant);
        };
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(settings.results().resolve("warm.log").toFile());
    builder.environment().put("MODEL", model.toString());
    builder.environment().put("THREADS", threads);
    return builder.start();
  }

  private List<String> javaLoop(Path model, String threads, String... flags) {
    List<String> command = new ArrayList<>(List.of("java", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of(flags));
    command.add("-Dbucketlens.native=" + settings.image().resolve("native/linux-x86_64"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(ClassifyLoop.class.getName(), model.toString(), threads));
    return command;
  }

  /** Warming up takes more turns: the JVM compiles its hot code after some thousand loops. */
  private double ask(Process loop, Path photo, boolean warmUp) throws IOException {
    boolean large = photo.toString().contains("4000");
    int count = large ? 10 : 40;
    BufferedWriter in = loop.outputWriter(StandardCharsets.UTF_8);
    in.write(photo + " " + (warmUp ? count * 10 : count) + "\n");
    in.flush();
    BufferedReader out = loop.inputReader(StandardCharsets.UTF_8);
    String answer = out.readLine();
    if (answer == null) {
      throw new IOException("A loop ended; see warm.log beside the results");
    }
    return Double.parseDouble(answer.substring(0, answer.indexOf(' '))) / 1e3;
  }

  private void items(List<Path> photos) throws IOException, InterruptedException {
    Map<String, FunctionProcess> functions = new LinkedHashMap<>();
    try (Backend backend = Backend.start()) {
      for (Path photo : photos) {
        backend.put(photo);
      }
      for (Variant variant : settings.variants()) {
        functions.put(
            variant.name(),
            FunctionProcess.start(
                variant.command(variant.upload()),
                variant.folder(),
                variant.environment(backend.environment()),
                settings.results().resolve("warm.log")));
      }
      for (int round = 0; round <= settings.rounds(); round++) {
        for (Path photo : photos) {
          for (Map.Entry<String, FunctionProcess> function : functions.entrySet()) {
            Double ms = invoke(function.getValue(), backend, photo, round == 0 ? 100 : 15);
            if (round > 0) {
              record("event to item", photo, "efficientnet-lite0", function.getKey(), round, ms);
            }
          }
        }
      }
    } finally {
      functions.values().forEach(FunctionProcess::close);
    }
  }

  private static double invoke(FunctionProcess function, Backend backend, Path photo, int count)
      throws IOException, InterruptedException {
    double[] times = new double[count];
    String key = photo.getFileName().toString();
    for (int i = 0; i < count; i++) {
      String event = backend.uploadEvent(key);
      long start = System.nanoTime();
      RuntimeApiServer.Answer answer = function.api().invoke(event);
      times[i] = (answer.nanos() - start) / 1e6;
      if (!answer.body().contains("[]")) {
        throw new IOException("The function failed: " + answer.body());
      }
      backend.takeLabel(key);
    }
    return Sample.of(times).median();
  }

  private void record(String path, Path photo, String model, String variant, int round, double ms)
      throws IOException {
    String name = photo.getFileName().toString();
    csv.row(path, name, model, variant, round, ms);
    results
        .computeIfAbsent(String.join(", ", path, name, model, variant), _ -> new ArrayList<>())
        .add(ms);
  }

  private void print() {
    results.forEach(
        (name, list) -> {
          Sample sample = Sample.of(list.stream().mapToDouble(Double::doubleValue));
          System.out.printf(
              Locale.ROOT,
              "%-70s %8.2f ms (%.2f to %.2f)%n",
              name,
              sample.median(),
              sample.low(),
              sample.high());
        });
  }

  /** A sample photo, enlarged, with the grain that a camera adds. */
  private static Path photo(Path file, int width, int height) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage photo = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = photo.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(ImageIO.read(PHOTO.toFile()), 0, 0, width, height, null);
    graphics.dispose();
    Random grain = new Random(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int rgb = photo.getRGB(x, y);
        int noise = grain.nextInt(9) - 4;
        photo.setRGB(
            x,
            y,
            channel(rgb >> 16, noise) << 16 | channel(rgb >> 8, noise) << 8 | channel(rgb, noise));
      }
    }
    ImageIO.write(photo, "jpg", file.toFile());
    return file;
  }

  private static int channel(int value, int noise) {
    return Math.clamp((value & 0xFF) + noise, 0, 255);
  }
}
