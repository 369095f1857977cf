package dev.bucketlens.ingest;

import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * A read of an object that begins before it is known whether anybody needs it. To be closed by the
 * thread that began it.
 */
final class ReadAhead implements ObjectReads.Pinned {
  private final FutureTask<S3Answer> read;
  private final Thread thread;

  private ReadAhead(FutureTask<S3Answer> read) {
    this.read = read;
    this.thread = Thread.startVirtualThread(read);
  }

  static ReadAhead begin(Supplier<S3Answer> read) {
    return new ReadAhead(new FutureTask<>(read::get));
  }

  /** Waits for what was read. */
  @Override
  public S3Answer get() {
    return Await.result(read, "reading", RuntimeException.class);
  }

  /**
   * Breaks off a read that nobody waits for: an interrupt closes its connection. Afterwards it
   * holds no memory.
   */
  @Override
  public void close() {
    read.cancel(true);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
