package dev.bucketlens.engine;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * A function of LiteRT's C API. All of them return a status; what one makes or finds out, it writes
 * to where its last parameter points. Thread-safe, as far as the function itself is.
 */
final class LiteRtFunction {

  private final String name;
  private final NativeFunction function;

  LiteRtFunction(LoadedLibrary library, String name) {
    this.name = name;
    function = library.function(name);
  }

  /**
   * Calls the function with all its arguments.
   *
   * @throws LiteRtException if it returns another status than OK
   */
  void run(MemorySegment... arguments) {
    int status = function.integer(arguments);
    if (status != Status.OK) {
      throw new LiteRtException("%s answered %s".formatted(name, Status.name(status)));
    }
  }

  /** As {@link #run}, with all arguments but the last; returns the pointer that came back there. */
  MemorySegment pointer(MemorySegment... arguments) {
    return MemorySegment.ofAddress(number(arguments));
  }

  /** As {@link #pointer}, for a result of up to 64 bits. */
  long number(MemorySegment... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
      MemorySegment[] all = Arrays.copyOf(arguments, arguments.length + 1);
      all[arguments.length] = result;
      run(all);
      return result.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /** As {@link #pointer}, for a C {@code bool}. */
  boolean flag(MemorySegment... arguments) {
    return number(arguments) != 0;
  }

  /** As {@link #pointer}, for text that ends with a zero byte. */
  @SuppressWarnings("restricted")
  String text(MemorySegment... arguments) {
    MemorySegment text = pointer(arguments);
    return Handle.isNull(text) ? "" : text.reinterpret(Long.MAX_VALUE).getString(0);
  }
}
