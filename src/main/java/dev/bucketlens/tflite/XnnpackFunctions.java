package dev.bucketlens.tflite;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The functions of {@code xnnpack_delegate.h}. */
final class XnnpackFunctions {

  /** Kernels for signed and for unsigned 8-bit models: QS8 and QU8, off by default in 2.18. */
  private static final int QUANTIZED_KERNELS = 1 | 2;

  /**
   * Larger than the structure in any known release. It comes back through memory of the caller's,
   * because it is longer than two registers, and the callee writes no more than its own size.
   */
  private static final MemoryLayout OPTIONS =
      MemoryLayout.structLayout(MemoryLayout.sequenceLayout(32, ValueLayout.JAVA_LONG));

  private final XnnpackOptionsLayout layout;
  private final MethodHandle defaults;
  private final NativeFunction create;
  private final NativeFunction delete;

  XnnpackFunctions(LoadedLibrary library, XnnpackOptionsLayout layout) {
    this.layout = layout;
    defaults =
        library.function("TfLiteXNNPackDelegateOptionsDefault", FunctionDescriptor.of(OPTIONS));
    create = library.function("TfLiteXNNPackDelegateCreate");
    delete = library.function("TfLiteXNNPackDelegateDelete");
  }

  /** Returns a delegate for all kernels, deleted when {@code owner} closes. */
  MemorySegment create(int threads, Arena owner) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment options = defaults(arena);
      options.set(ValueLayout.JAVA_INT, layout.threads(), threads);
      int flags = options.get(ValueLayout.JAVA_INT, layout.flags());
      options.set(ValueLayout.JAVA_INT, layout.flags(), flags | QUANTIZED_KERNELS);
      return Handle.own(create.pointer(options), owner, delete::run);
    }
  }

  private MemorySegment defaults(Arena arena) {
    try {
      return (MemorySegment) defaults.invokeExact((SegmentAllocator) arena);
    } catch (Throwable e) {
      throw NativeFunction.broken(e);
    }
  }
}
