package dev.bucketlens.engine;

import static dev.bucketlens.nativelib.NativeFunction.word;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.util.stream.Collectors.joining;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What LiteRT prints while it opens and compiles a model, where nothing else tells why that failed.
 * It prints to C's {@code stderr}, so for the time of such a call that variable points to memory.
 * Java's {@code System.err} and the JVM's own reports do not go through it. What is printed without
 * a failure (that a delegate was made) is no news for a function's log, and ends here.
 *
 * <p>Thread-safe: one call at a time in the whole process, as LiteRT compiles one model at a time
 * anyway.
 */
final class Reports {

  /** Bytes that are kept; what is printed beyond them is dropped. */
  private static final int CAPACITY = 8192;

  /** Severity and source, such as {@code ERROR: [model_load.cc:283] }. */
  private static final Pattern PREFIX = Pattern.compile("^ERROR: (\\[[^\\]]*\\] )?");

  private final Optional<MemorySegment> variable;
  private final NativeFunction open;
  private final NativeFunction close;

  @SuppressWarnings("restricted")
  Reports(LoadedLibrary system) {
    variable =
        system
            .symbol("stderr")
            .or(() -> system.symbol("__stderrp"))
            .map(symbol -> symbol.reinterpret(JAVA_LONG.byteSize()));
    open = system.function("fmemopen");
    close = system.function("fclose");
  }

  /**
   * Returns what {@code call} returns.
   *
   * @throws LiteRtException if the call does, with what was printed meanwhile
   */
  <T> T during(Supplier<T> call) {
    return variable.isPresent() ? during(call, variable.get()) : call.get();
  }

  private <T> T during(Supplier<T> call, MemorySegment stderr) {
    synchronized (Reports.class) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment text = arena.allocate(CAPACITY);
        long original = stderr.get(JAVA_LONG, 0);
        MemorySegment stream = open.pointer(text, word(CAPACITY - 1L), arena.allocateFrom("w"));
        if (Handle.isNull(stream)) {
          throw new OutOfMemoryError("No memory for what LiteRT reports");
        }
        stderr.set(JAVA_LONG, 0, stream.address());
        LiteRtException failure;
        try {
          return call.get();
        } catch (LiteRtException e) {
          failure = e;
        } finally {
          stderr.set(JAVA_LONG, 0, original);
          close.run(stream);
        }
        throw new LiteRtException(errors(text.getString(0), failure.getMessage()), failure);
      }
    }
  }

  /**
   * Returns the errors among the lines printed, as one line; {@code otherwise} if there is none.
   */
  private static String errors(String printed, String otherwise) {
    String errors =
        printed
            .lines()
            .filter(line -> PREFIX.matcher(line).find())
            .map(line -> PREFIX.matcher(line).replaceFirst("").strip())
            .distinct()
            .collect(joining(" "));
    return errors.isEmpty() ? otherwise : errors;
  }
}
