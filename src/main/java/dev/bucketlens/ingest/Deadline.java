package dev.bucketlens.ingest;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long there is still to work.
 *
 * @param remainingMillis counts down; Lambda's {@code getRemainingTimeInMillis} for one
 */
public record Deadline(LongSupplier remainingMillis) {

  /** Whether less than {@code needed} is left. */
  boolean isWithin(Duration needed) {
    return remainingMillis.getAsLong() < needed.toMillis();
  }

  /** What is left beyond {@code reserve}; never negative. */
  Duration leftBeyond(Duration reserve) {
    return Duration.ofMillis(Math.max(0, remainingMillis.getAsLong() - reserve.toMillis()));
  }
}
