package dev.bucketlens.ingest;

import java.util.concurrent.Semaphore;

/**
 * Bounds the bytes of files held at once, and with them the open connections, whatever the batch.
 * Thread-safe; first come first served, so that small files do not starve a large one.
 */
final class ByteBudget {
  /** The least that any file counts as: a part of the whole. */
  static final int MOST_FILES = 32;

  /** Semaphores count in int; kilobytes are fine enough. */
  private static final int UNIT = 1024;

  private final int total;
  private final Semaphore free;

  ByteBudget(long bytes) {
    this.total = Math.clamp(bytes / UNIT, MOST_FILES, Integer.MAX_VALUE);
    this.free = new Semaphore(total, true);
  }

  /**
   * Waits for room.
   *
   * @param bytes a file larger than the whole budget waits for all of it
   */
  Share take(long bytes) throws InterruptedException {
    int units = Math.clamp((bytes + UNIT - 1) / UNIT, total / MOST_FILES, total);
    free.acquire(units);
    return () -> free.release(units);
  }

  /** Room taken; closing gives it back. */
  interface Share extends AutoCloseable {
    @Override
    void close();
  }
}
