package dev.bucketlens.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * Raw results: a comment that says on what machine, when and how they came, then a row for each
 * measurement: its subject, the variant that was measured, the round, and its figures.
 */
final class Csv implements AutoCloseable {
  private final Writer out;

  private Csv(Writer out) {
    this.out = out;
  }

  /** Starts a file; one that was there is replaced. */
  static Csv create(Path file, List<String> figures) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Csv csv = new Csv(Files.newBufferedWriter(file));
    String columns = "subject,variant,round," + String.join(",", figures);
    csv.out.write("# " + machine() + "\n" + columns + "\n");
    return csv;
  }

  /** Adds a measurement; a figure that is not a number stays empty. */
  void row(String subject, String variant, int round, double... figures) throws IOException {
    StringBuilder row = new StringBuilder("\"%s\",%s,%d".formatted(subject, variant, round));
    for (double figure : figures) {
      row.append(Double.isNaN(figure) ? "," : String.format(Locale.ROOT, ",%.4f", figure));
    }
    out.write(row.append('\n').toString());
    out.flush();
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
