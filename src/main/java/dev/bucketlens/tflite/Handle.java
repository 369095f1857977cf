package dev.bucketlens.tflite;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/** Ties an object of the C library to the life of its Java owner. */
final class Handle {

  private Handle() {}

  /**
   * Returns {@code created} as a handle that is released when {@code owner} closes and is refused
   * by every call afterwards. Null stays null, and is never released.
   */
  @SuppressWarnings("restricted")
  static MemorySegment own(MemorySegment created, Arena owner, Consumer<MemorySegment> release) {
    return isNull(created) ? created : created.reinterpret(owner, release);
  }

  static boolean isNull(MemorySegment pointer) {
    return pointer.address() == 0;
  }
}
