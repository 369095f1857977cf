package dev.bucketlens.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * Shares a fixed number of interpreters among any number of threads. Thread-safe: who finds none
 * free waits for one, first come first served. The wait cannot be interrupted; it is as long as the
 * runs before it.
 */
public final class InterpreterPool implements AutoCloseable {

  private final int size;
  private final Semaphore permits;

  /** Those not in use; the one used last comes first, because its memory is still in the caches. */
  private final ConcurrentLinkedDeque<Interpreter> free;

  private volatile boolean closed;

  private InterpreterPool(List<Interpreter> interpreters) {
    size = interpreters.size();
    permits = new Semaphore(size, true);
    free = new ConcurrentLinkedDeque<>(interpreters);
  }

  /**
   * Makes {@code size} interpreters of one model.
   *
   * @param output the index of the output that they read
   * @throws ModelLoadException as {@link Interpreter#create(Model, InterpreterSettings, List, int)}
   *     does
   */
  public static InterpreterPool open(
      Model model, InterpreterSettings settings, List<Integer> inputShape, int output, int size)
      throws ModelLoadException {
    if (size < 1) {
      throw new IllegalArgumentException("size is " + size + "; it must be at least 1.");
    }
    List<Interpreter> interpreters = new ArrayList<>();
    try {
      for (int i = 0; i < size; i++) {
        interpreters.add(Interpreter.create(model, settings, inputShape, output));
      }
      return new InterpreterPool(interpreters);
    } catch (Throwable e) {
      interpreters.forEach(Interpreter::close);
      throw e;
    }
  }

  /**
   * Runs {@code work} with an interpreter that no other thread uses meanwhile. The interpreter must
   * not be kept.
   *
   * @throws IllegalStateException if the pool is closed, also while waiting
   */
  public <T> T use(Function<Interpreter, T> work) {
    permits.acquireUninterruptibly();
    try {
      if (closed) {
        throw new IllegalStateException("The interpreter pool is closed.");
      }
      Interpreter interpreter = free.pop();
      try {
        return work.apply(interpreter);
      } finally {
        free.push(interpreter);
      }
    } finally {
      permits.release();
    }
  }

  /** Waits for the runs under way, then frees every interpreter. Calling it again does nothing. */
  @Override
  public void close() {
    closed = true;
    permits.acquireUninterruptibly(size);
    try {
      free.forEach(Interpreter::close);
      free.clear();
    } finally {
      permits.release(size);
    }
  }
}
