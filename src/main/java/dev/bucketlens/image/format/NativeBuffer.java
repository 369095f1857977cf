package dev.bucketlens.image.format;

import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.CType.VOID;
import static dev.bucketlens.nativelib.Signature.returns;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Memory for pixels, zeroed by C's {@code calloc}: the kernel zeroes a page when it is touched, so
 * that a file which claims a hundred megapixels and holds none costs nothing. An arena would write
 * every byte at once.
 */
@SuppressWarnings("restricted") // gives a C pointer its size
public final class NativeBuffer {

  private static final LoadedLibrary SYSTEM = LoadedLibrary.ofTheSystem();
  private static final NativeFunction ALLOCATE =
      SYSTEM.function("calloc", returns(POINTER).takes(LONG, LONG));
  private static final NativeFunction FREE = SYSTEM.function("free", returns(VOID).takes(POINTER));

  private NativeBuffer() {}

  /**
   * Allocates.
   *
   * @param arena frees the memory when it is closed
   * @throws OutOfMemoryError if the system has no such memory
   */
  public static MemorySegment allocate(Arena arena, long bytes) {
    MemorySegment memory = ALLOCATE.pointer(1L, bytes);
    if (memory.address() == 0) {
      throw new OutOfMemoryError("No %,d bytes of native memory".formatted(bytes));
    }
    return memory.reinterpret(bytes, arena, FREE::run);
  }
}
