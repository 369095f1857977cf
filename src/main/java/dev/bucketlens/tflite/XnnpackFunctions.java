package dev.bucketlens.tflite;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The functions of {@code xnnpack_delegate.h}. */
final class XnnpackFunctions {

  private final XnnpackOptionsLayout layout;
  private final NativeFunction create;
  private final NativeFunction delete;

  XnnpackFunctions(LoadedLibrary library, XnnpackOptionsLayout layout) {
    this.layout = layout;
    create = library.function("TfLiteXNNPackDelegateCreate");
    delete = library.function("TfLiteXNNPackDelegateDelete");
  }

  /** Returns a delegate for all kernels, deleted when {@code owner} closes. */
  MemorySegment create(int threads, Arena owner) {
    try (Arena arena = Arena.ofConfined()) {
      return Handle.own(create.pointer(layout.options(threads, arena)), owner, delete::run);
    }
  }
}
