package dev.bucketlens.local;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

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
    List<Exception> failures = new ArrayList<>();
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      IOException failure = new IOException("The local cloud did not stop: " + failures);
      failures.forEach(failure::addSuppressed);
      throw failure;
    }
  }

  /** Stops all parts because another could not start; that they do not stop is only added to it. */
  void closeAfter(Exception failure) {
    try {
      close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
