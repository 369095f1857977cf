package dev.bucketlens.lambda;

import dev.bucketlens.ingest.IngestMeter;
import dev.bucketlens.json.Json;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts and measures as CloudWatch metrics: one line of embedded metric format for each
 * invocation, in the namespace {@value #NAMESPACE}. Its only dimension is the function's name, so
 * the metrics stay as many as are named here. Thread-safe.
 */
final class EmfMeter implements IngestMeter {
  static final String NAMESPACE = "Bucketlens";
  static final String DIMENSION = "Function";

  /** Counted by the first invocation of each execution environment, restored ones included. */
  static final String COLD_STARTS = "ColdStarts";

  /** As many values of one metric as a line may hold. */
  private static final int MOST_VALUES = 100;

  private final Map<String, Long> counts = new TreeMap<>();
  private final Map<Measure, List<Double>> values = new TreeMap<>();
  private final PrintStream out;
  private final Clock clock;
  private boolean cold = true;

  EmfMeter(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void add(Count count) {
    addOne(name(count));
  }

  @Override
  public void addRejection(String code) {
    addOne(rejection(code));
  }

  @Override
  public synchronized void record(Measure measure, double value) {
    List<Double> known = values.computeIfAbsent(measure, _ -> new ArrayList<>());
    if (known.size() < MOST_VALUES) {
      known.add(value);
    }
  }

  private synchronized void addOne(String name) {
    counts.merge(name, 1L, Long::sum);
  }

  /**
   * Writes what came up since the last time, if anything, and starts over.
   *
   * @param requestId of the invocation: in the line, where it can be searched for, and no dimension
   */
  synchronized void flush(String function, String requestId) {
    if (cold) {
      addOne(COLD_STARTS);
      cold = false;
    }
    if (!counts.isEmpty() || !values.isEmpty()) {
      out.println(line(function, requestId));
      counts.clear();
      values.clear();
    }
  }

  private String line(String function, String requestId) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("_aws", Map.of("Timestamp", clock.millis(), "CloudWatchMetrics", List.of(metrics())));
    line.put(DIMENSION, function);
    line.put("requestId", requestId);
    line.putAll(counts);
    values.forEach((measure, list) -> line.put(name(measure), list));
    return Json.write(line);
  }

  private Map<String, Object> metrics() {
    List<Map<String, String>> metrics = new ArrayList<>();
    counts.keySet().forEach(name -> metrics.add(Map.of("Name", name, "Unit", "Count")));
    values
        .keySet()
        .forEach(measure -> metrics.add(Map.of("Name", name(measure), "Unit", unit(measure))));
    return Map.of(
        "Namespace", NAMESPACE, "Dimensions", List.of(List.of(DIMENSION)), "Metrics", metrics);
  }

  /** A share has no unit of CloudWatch's. */
  static String unit(Measure measure) {
    return measure.isTime() ? "Milliseconds" : "None";
  }

  /** The metric that counts rejections of one code: {@code RejectedNotAnImage}. */
  static String rejection(String code) {
    return name(Count.REJECTED) + camelCase(code);
  }

  /** {@code LABEL_CHANGED} is {@code LabelChanged}. */
  static String name(Enum<?> constant) {
    return camelCase(constant.name());
  }

  private static String camelCase(String words) {
    StringBuilder name = new StringBuilder();
    for (String word : words.split("_", -1)) {
      name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
    }
    return name.toString();
  }
}
