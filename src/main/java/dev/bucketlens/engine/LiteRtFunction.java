package dev.bucketlens.engine;

import static dev.bucketlens.nativelib.Signature.returns;

import dev.bucketlens.nativelib.CType;
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

  /** A function with the parameters that its header declares, the one for a result included. */
  LiteRtFunction(LoadedLibrary library, String name, CType... parameters) {
    this.name = name;
    function = library.function(name, returns(CType.INT).takes(parameters));
  }

  /**
   * Calls the function with all its arguments.
   *
   * @throws LiteRtException if it returns another status than OK
   */
  void run(Object... arguments) {
    int status = function.integer(arguments);
    if (status != LiteRtStatus.OK) {
      throw new LiteRtException("%s answered %s".formatted(name, LiteRtStatus.name(status)));
    }
  }

  /** As {@link #run}, with all arguments but the last; returns the pointer that came back there. */
  MemorySegment pointer(Object... arguments) {
    return MemorySegment.ofAddress(number(arguments));
  }

  /** As {@link #pointer}, for a result of up to 64 bits. */
  long number(Object... arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(ValueLayout.JAVA_LONG);
      Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
      all[arguments.length] = result;
      run(all);
      return result.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  /** As {@link #pointer}, for a C {@code bool}. */
  boolean flag(Object... arguments) {
    return number(arguments) != 0;
  }

  /** As {@link #pointer}, for text that ends with a zero byte. */
  String text(Object... arguments) {
    return NativeFunction.text(pointer(arguments));
  }
}
