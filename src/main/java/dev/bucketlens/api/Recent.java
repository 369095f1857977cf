package dev.bucketlens.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What is counted over many images, and counted again once it is older than {@link #FRESH}: exact
 * counts would cost every upload a second write. Thread-safe; two that ask at once may both count.
 */
final class Recent<T> {
  static final Duration FRESH = Duration.ofSeconds(30);

  private final Supplier<T> source;
  private final Clock clock;
  private final AtomicReference<Counted<T>> last = new AtomicReference<>();

  /** Counts by {@code source}, for the first time when it is asked. */
  Recent(Supplier<T> source, Clock clock) {
    this.source = source;
    this.clock = clock;
  }

  private record Counted<T>(Instant at, T value) {}

  T get() {
    Instant now = clock.instant();
    Counted<T> known = last.get();
    if (known == null || known.at().plus(FRESH).isBefore(now)) {
      known = new Counted<>(now, source.get());
      last.set(known);
    }
    return known.value();
  }
}
