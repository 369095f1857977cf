package dev.bucketlens.testing;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A millisecond later each time it is asked, so that no two attempts have the same time: by that
 * the table tells another attempt from the echo of one whose answer was lost.
 */
public final class TickingClock extends Clock {
  private final AtomicLong milliseconds = new AtomicLong(System.currentTimeMillis());

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("This clock is UTC's.");
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(milliseconds.incrementAndGet());
  }
}
