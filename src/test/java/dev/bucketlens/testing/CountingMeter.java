package dev.bucketlens.testing;

import dev.bucketlens.ingest.IngestMeter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers its counts. */
public final class CountingMeter implements IngestMeter {
  private final Map<Count, AtomicInteger> counts = new EnumMap<>(Count.class);

  private final Map<String, Integer> rejections = new ConcurrentHashMap<>();
  private final Map<Measure, List<Double>> values = new ConcurrentHashMap<>();

  public CountingMeter() {
    for (Count count : Count.values()) {
      counts.put(count, new AtomicInteger());
    }
  }

  @Override
  public void add(Count count) {
    counts.get(count).incrementAndGet();
  }

  @Override
  public void addRejection(String code) {
    rejections.merge(code, 1, Integer::sum);
  }

  @Override
  public void record(Measure measure, double value) {
    values.computeIfAbsent(measure, _ -> new CopyOnWriteArrayList<>()).add(value);
  }

  public Map<String, Integer> rejections() {
    return rejections;
  }

  public List<Double> values(Measure measure) {
    return values.getOrDefault(measure, List.of());
  }

  public int get(Count count) {
    return counts.get(count).get();
  }
}
