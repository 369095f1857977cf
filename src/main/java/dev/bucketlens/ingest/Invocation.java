package dev.bucketlens.ingest;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * One call of the function.
 *
 * @param requestId stands in each line of its log, and in the items that it writes
 * @param remainingMillis how long there is still to work; Lambda's {@code getRemainingTimeInMillis}
 *     for one
 */
public record Invocation(String requestId, LongSupplier remainingMillis) {
  /** Both parts are needed. */
  public Invocation {
    Objects.requireNonNull(requestId, "requestId");
    Objects.requireNonNull(remainingMillis, "remainingMillis");
  }

  /** Whether less than {@code needed} is left. */
  boolean hasLessThan(Duration needed) {
    return remainingMillis.getAsLong() < needed.toMillis();
  }

  /** What is left beyond {@code reserve}; never negative. */
  Duration leftBeyond(Duration reserve) {
    return Duration.ofMillis(Math.max(0, remainingMillis.getAsLong() - reserve.toMillis()));
  }
}
