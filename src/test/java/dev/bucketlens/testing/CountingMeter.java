package dev.bucketlens.testing;

import dev.bucketlens.ingest.IngestMeter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Remembers its counts. */
public final class CountingMeter implements IngestMeter {
  private final Map<Count, AtomicInteger> counts = new EnumMap<>(Count.class);

  public CountingMeter() {
    for (Count count : Count.values()) {
      counts.put(count, new AtomicInteger());
    }
  }

  @Override
  public void add(Count count) {
    counts.get(count).incrementAndGet();
  }

  public int get(Count count) {
    return counts.get(count).get();
  }
}
