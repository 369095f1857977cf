package dev.bucketlens.nativelib;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.Signature.returns;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * C's {@code stderr}, which can point to memory for the time of a call whose words are wanted.
 * Java's {@code System.err} and the JVM's own reports do not go through it. Thread-safe.
 */
public final class StandardError {

  private final Optional<MemorySegment> variable;
  private final NativeFunction open;
  private final NativeFunction close;

  private final NativeFunction flush;

  /** Finds {@code stderr} in {@code system}, the C library, under either of its names. */
  @SuppressWarnings("restricted") // gives a C variable its size
  public StandardError(LoadedLibrary system) {
    variable =
        system
            .symbol("stderr")
            .or(() -> system.symbol("__stderrp"))
            .map(symbol -> symbol.reinterpret(JAVA_LONG.byteSize()));
    open = system.function("fmemopen", returns(POINTER).takes(POINTER, LONG, POINTER));
    flush = system.function("fflush", returns(INT).takes(POINTER));
    close = system.function("fclose", returns(INT).takes(POINTER));
  }

  /**
   * Points it to memory until what is returned is closed. One at a time in the whole process: the
   * caller sees to that.
   *
   * @param capacity bytes that are kept; what is printed beyond them is dropped
   */
  public Capture capture(int capacity) {
    return new Capture(capacity);
  }

  /** What is printed meanwhile. */
  public final class Capture implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment text;
    private final MemorySegment stream;
    private final long original;

    private Capture(int capacity) {
      text = arena.allocate(capacity);
      stream = open.pointer(text, capacity - 1L, arena.allocateFrom("w"));
      if (stream.address() == 0) {
        arena.close();
        throw new OutOfMemoryError("No memory for what is printed to stderr");
      }
      original = variable.map(stderr -> stderr.get(JAVA_LONG, 0)).orElse(0L);
      variable.ifPresent(stderr -> stderr.set(JAVA_LONG, 0, stream.address()));
    }

    /** Returns it so far; empty where the system has no such variable. */
    public String text() {
      flush.run(stream);
      return text.getString(0);
    }

    @Override
    public void close() {
      variable.ifPresent(stderr -> stderr.set(JAVA_LONG, 0, original));
      close.run(stream);
      arena.close();
    }
  }
}
