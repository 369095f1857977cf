package dev.bucketlens.bench.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Raw results: a comment that says on what machine, when and how they came, then rows. */
public final class Csv implements AutoCloseable {
  private final Writer out;

  private Csv(Writer out) {
    this.out = out;
  }

  /** Starts a file; one that was there is replaced. */
  public static Csv create(Path file, String columns) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Csv csv = new Csv(Files.newBufferedWriter(file));
    csv.out.write("# " + machine() + "\n" + columns + "\n");
    return csv;
  }

  /** Adds a row; fractions are written with three digits. */
  public void row(Object... values) throws IOException {
    out.write(Arrays.stream(values).map(Csv::text).collect(Collectors.joining(",")) + "\n");
    out.flush();
  }

  private static String text(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.3f", number)
        : value.toString();
  }

  private static String machine() throws IOException {
    String processor =
        Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse(System.getProperty("os.arch"));
    return "%s; %d cores; %s %s; Java %s %s; command: %s"
        .formatted(
            Instant.now().truncatedTo(ChronoUnit.MINUTES),
            Runtime.getRuntime().availableProcessors(),
            processor,
            System.getProperty("os.name"),
            System.getProperty("java.vendor"),
            Runtime.version(),
            System.getProperty("bench.command", "mvn -Pbench"));
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
