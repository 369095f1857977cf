package dev.bucketlens.engine;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.CType.VOID;
import static dev.bucketlens.nativelib.Signature.returns;

import dev.bucketlens.nativelib.Field;
import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The functions on {@code LiteRtEnvironment}.
 *
 * <p>Left to itself, an environment looks for accelerators of graphics and neural processors in
 * libraries that it opens by their bare names, from wherever the system's loader looks: slow, and a
 * way for a planted file into the process. So it is told to register the processor's own alone.
 */
final class EnvironmentFunctions {

  /** {@code LiteRtEnvOption}: a tag, then a structure of a type and a value; declared stable. */
  private static final Field TAG = Field.first(INT);

  private static final Field VALUE_TYPE = Field.at(8, INT);
  private static final Field VALUE = VALUE_TYPE.then(LONG);
  private static final long OPTION_BYTES = VALUE.structureBytes();
  private static final int INTEGER = 2;

  private static final int REGISTERED_ACCELERATORS = 24;
  private static final int LEAST_SEVERITY = 25;

  /** Of {@code LiteRtLogSeverity}. */
  private static final int ERROR = 3;

  private final LiteRtFunction create;
  private final NativeFunction destroy;

  EnvironmentFunctions(LoadedLibrary library) {
    create = new LiteRtFunction(library, "LiteRtCreateEnvironment", INT, POINTER, POINTER);
    destroy = library.function("LiteRtDestroyEnvironment", returns(VOID).takes(POINTER));
  }

  /** Returns an environment of the processor alone, destroyed when {@code owner} closes. */
  MemorySegment create(Arena owner) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = arena.allocate(2 * OPTION_BYTES, Long.BYTES);
      set(options.asSlice(0, OPTION_BYTES), REGISTERED_ACCELERATORS, OptionsFunctions.CPU);
      set(options.asSlice(OPTION_BYTES), LEAST_SEVERITY, ERROR);
      return Handle.own(create.pointer(2, options), owner, destroy);
    }
  }

  private static void set(MemorySegment option, int tag, long value) {
    TAG.set(option, tag);
    VALUE_TYPE.set(option, INTEGER);
    VALUE.set(option, value);
  }
}
