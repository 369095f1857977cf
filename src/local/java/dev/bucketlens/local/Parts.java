package dev.bucketlens.local;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** What runs, to be stopped together: the newest first, and each even if another one fails. */
final class Parts implements AutoCloseable {
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  /** Takes over a part that runs already, and returns it. */
  <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /**
   * Stops all parts.
   *
   * @throws IOException if some of them did not stop; it has all their reasons
   */
  @Override
  public void close() throws IOException {
    IOException failure = new IOException("The local cloud did not stop");
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }
}
