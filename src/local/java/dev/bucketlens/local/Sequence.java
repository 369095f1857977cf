package dev.bucketlens.local;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Draws S3-like sequencers: hexadecimal text that grows with each draw, across restarts too because
 * it starts at the clock. Thread-safe.
 */
final class Sequence {

  private final AtomicLong last = new AtomicLong();

  /** Sixteen hexadecimal digits, greater than every one drawn before. */
  String next() {
    long clock = System.currentTimeMillis() << 16;
    return "%016X".formatted(last.updateAndGet(previous -> Math.max(previous + 1, clock)));
  }
}
