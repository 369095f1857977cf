package dev.bucketlens.ingest;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Waits for another thread's work as if this one did it. */
final class Await {

  private Await() {}

  /**
   * Waits until the work is done; an interrupt breaks it off.
   *
   * @param doing what the time is spent on, such as {@code reading}
   * @param declared what the work may throw beside unchecked exceptions
   * @throws E as the work threw it
   * @throws CancellationException if this thread is interrupted, which it stays
   */
  static <T, E extends Exception> T result(Future<T> work, String doing, Class<E> declared)
      throws E {
    try {
      return work.get();
    } catch (InterruptedException e) {
      work.cancel(true);
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("time ran out while " + doing);
      cancelled.initCause(e);
      throw cancelled;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error error -> throw error;
        case Throwable failure when declared.isInstance(failure) -> throw declared.cast(failure);
        case Throwable other -> throw new IllegalStateException(other);
      }
    }
  }
}
