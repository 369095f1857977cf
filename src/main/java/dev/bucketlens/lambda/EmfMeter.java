package dev.bucketlens.lambda;

import dev.bucketlens.ingest.IngestMeter;
import dev.bucketlens.json.Json;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts as CloudWatch metrics: one line of embedded metric format for each invocation, in the
 * namespace {@value #NAMESPACE}. Thread-safe.
 */
final class EmfMeter implements IngestMeter {
  static final String NAMESPACE = "Bucketlens";

  private final Map<Count, AtomicLong> counts = new EnumMap<>(Count.class);
  private final PrintStream out;
  private final Clock clock;

  EmfMeter(PrintStream out, Clock clock) {
    for (Count count : Count.values()) {
      counts.put(count, new AtomicLong());
    }
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void add(Count count) {
    counts.get(count).incrementAndGet();
  }

  /** Writes what was counted since the last time, if anything, and starts over. */
  void flush(String function) {
    Map<String, Long> values = new LinkedHashMap<>();
    counts.forEach((count, value) -> {
      long n = value.getAndSet(0);
      if (n > 0) {
        values.put(name(count), n);
      }
    });
    if (!values.isEmpty()) {
      out.println(line(function, values));
    }
  }

  private String line(String function, Map<String, Long> values) {
    List<Map<String, String>> metrics = new ArrayList<>();
    values.keySet().forEach(name -> metrics.add(Map.of("Name", name, "Unit", "Count")));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put(
        "_aws",
        Map.of(
            "Timestamp",
            clock.millis(),
            "CloudWatchMetrics",
            List.of(
                Map.of(
                    "Namespace", NAMESPACE,
                    "Dimensions", List.of(List.of("Function")),
                    "Metrics", metrics))));
    line.put("Function", function);
    line.putAll(values);
    return Json.write(line);
  }

  private static String name(Count count) {
    String name = count.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}
