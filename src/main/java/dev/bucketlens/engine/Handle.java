package dev.bucketlens.engine;

import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Ties an object of the C library to the life of its Java owner. */
final class Handle {

  private Handle() {}

  /**
   * Returns {@code created} as a handle that is destroyed when {@code owner} closes and is refused
   * by every call afterwards.
   */
  @SuppressWarnings("restricted")
  static MemorySegment own(MemorySegment created, Arena owner, NativeFunction destroy) {
    return created.reinterpret(owner, destroy::run);
  }

  static boolean isNull(MemorySegment pointer) {
    return pointer.address() == 0;
  }
}
