package dev.bucketlens.image;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Memory for pixels, zeroed by C's {@code calloc}: the kernel zeroes a page when it is touched, so
 * that a file which claims a hundred megapixels and holds none costs nothing. An arena would write
 * every byte at once.
 */
@SuppressWarnings("restricted") // gives a C pointer its size
final class NativeBuffer {

  private final MethodHandle allocate;
  private final MethodHandle free;

  NativeBuffer(ImageLibrary library) {
    this.allocate =
        library.standardFunction("calloc", FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_LONG));
    this.free = library.standardFunction("free", FunctionDescriptor.ofVoid(ADDRESS));
  }

  /**
   * Allocates.
   *
   * @param arena frees the memory when it is closed
   * @throws OutOfMemoryError if the system has no such memory
   */
  MemorySegment allocate(Arena arena, long bytes) {
    try {
      MemorySegment memory = (MemorySegment) allocate.invokeExact(1L, bytes);
      if (memory.address() == 0) {
        throw new OutOfMemoryError("No %,d bytes of native memory".formatted(bytes));
      }
      return memory.reinterpret(bytes, arena, this::free);
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      throw ImageLibrary.broken(e);
    }
  }

  private void free(MemorySegment memory) {
    try {
      free.invokeExact(memory);
    } catch (Throwable e) {
      throw ImageLibrary.broken(e);
    }
  }
}
