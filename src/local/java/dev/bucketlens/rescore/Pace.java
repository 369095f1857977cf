package dev.bucketlens.rescore;

import java.time.Duration;

/** Keeps to so many photos a second, however many threads ask. Thread-safe. */
final class Pace {
  private final double photosPerSecond;
  private long next = System.nanoTime();

  Pace(double photosPerSecond) {
    this.photosPerSecond = photosPerSecond;
  }

  /** Waits for the turn of {@code photos} more. */
  void await(int photos) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(Math.max(0, turn(photos) - System.nanoTime())));
  }

  /** What was not used is not saved up: a pause is followed by no rush. */
  private synchronized long turn(int photos) {
    long turn = Math.max(next, System.nanoTime());
    next = turn + (long) (photos / photosPerSecond * Duration.ofSeconds(1).toNanos());
    return turn;
  }
}
