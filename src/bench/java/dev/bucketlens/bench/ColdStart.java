package dev.bucketlens.bench;

import dev.bucketlens.bench.RuntimeApiServer.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * From process start to the end of init, to the first stored upload, and to the first answered
 * {@code {"url"}}: the variants take turns, so that what else the machine does meets all of them.
 */
final class ColdStart {
  private static final String PHOTO = "kitten.jpg";

  private final Backend backend;
  private final Csv csv;
  private final Path log;

  private ColdStart(Backend backend, Csv csv, Path log) {
    this.backend = backend;
    this.csv = csv;
    this.log = log;
  }

  /** One start: milliseconds from process start, and processor time used until the answer. */
  private record Start(double init, double first, double processor, long resident) {}

  public static void main(String[] args) {
    Main.run(() -> run(Settings.from(args)));
  }

  private static void run(Settings settings) throws IOException, InterruptedException {
    List<Variant> variants = settings.variants();
    try (Backend backend = Backend.start();
        Csv csv =
            Csv.create(
                settings.results().resolve("cold-start.csv"),
                "function,variant,round,init_ms,first_ms,cpu_ms,rss_mb")) {
      backend.put(settings.photo(PHOTO));
      ColdStart bench = new ColdStart(backend, csv, settings.results().resolve("cold-start.log"));
      System.out.print(bench.table("upload", bench.measure("upload", variants, settings.rounds())));
      System.out.print(bench.table("api", bench.measure("api", variants, settings.rounds())));
    }
  }

  /** The first round warms the servers and the page cache, and is not counted. */
  private Map<String, List<Start>> measure(String function, List<Variant> variants, int rounds)
      throws IOException, InterruptedException {
    Map<String, List<Start>> starts =
        variants.stream()
            .collect(
                Collectors.toMap(
                    Variant::name,
                    _ -> new ArrayList<>(),
                    (a, _) -> a,
                    java.util.LinkedHashMap::new));
    for (int round = 0; round <= rounds; round++) {
      for (Variant variant : variants) {
        Start start = start(function, variant);
        if (round > 0) {
          starts.get(variant.name()).add(start);
          csv.row(
              function,
              variant.name(),
              round,
              start.init(),
              start.first(),
              start.processor(),
              start.resident());
        }
      }
    }
    return starts;
  }

  private Start start(String function, Variant variant) throws IOException, InterruptedException {
    boolean upload = function.equals("upload");
    List<String> command = variant.command(upload ? variant.upload() : variant.api());
    String event = upload ? backend.uploadEvent(PHOTO) : backend.urlEvent(PHOTO);
    try (FunctionProcess process =
        FunctionProcess.start(
            command, variant.folder(), variant.environment(backend.environment()), log)) {
      long ready = process.api().awaitReady();
      Answer answer = process.api().invoke(event);
      double processor = process.processorTime().toNanos() / 1e6;
      check(upload, answer);
      return new Start(
          (ready - process.startNanos()) / 1e6,
          (answer.nanos() - process.startNanos()) / 1e6,
          processor,
          process.residentMegabytes());
    }
  }

  private void check(boolean upload, Answer answer) throws IOException {
    if (!answer.ok()) {
      throw new IOException("The function failed: " + answer.body());
    }
    if (upload) {
      backend.takeLabel(PHOTO);
    } else if (!answer.body().contains("cat")) {
      throw new IOException("A kitten is no cat: " + answer.body());
    }
  }

  private String table(String function, Map<String, List<Start>> starts) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%-24s %12s %24s %10s %8s%n",
            function,
            "init ms",
            "first answer ms",
            "cpu ms",
            "RSS MB"));
    starts.forEach(
        (name, list) -> {
          Sample first = Sample.of(list.stream().mapToDouble(Start::first));
          text.append(
              String.format(
                  Locale.ROOT,
                  "%-24s %12.0f %8.0f (%5.0f to %5.0f) %10.0f %8.0f%n",
                  name,
                  Sample.of(list.stream().mapToDouble(Start::init)).median(),
                  first.median(),
                  first.low(),
                  first.high(),
                  Sample.of(list.stream().mapToDouble(Start::processor)).median(),
                  Sample.of(list.stream().mapToDouble(Start::resident)).median()));
        });
    return text.toString();
  }
}
