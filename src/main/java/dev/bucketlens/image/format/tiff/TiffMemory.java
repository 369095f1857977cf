package dev.bucketlens.image.format.tiff;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.bucketlens.nativelib.LoadedLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A file in memory, as libtiff's callbacks want it. They are C of our own ({@code
 * src/main/c/memory.c}): no call goes from C into Java.
 *
 * @param read libtiff's {@code TIFFReadWriteProc}; the others likewise
 */
record TiffMemory(
    MemorySegment read,
    MemorySegment write,
    MemorySegment seek,
    MemorySegment close,
    MemorySegment size,
    MemorySegment map,
    MemorySegment unmap) {

  /** The file's address, its length, the position: three longs. */
  private static final long HANDLE_BYTES = 3 * Long.BYTES;

  /**
   * Finds the callbacks.
   *
   * @throws UnsatisfiedLinkError if our library lacks one
   */
  static TiffMemory of(LoadedLibrary bucketlens) {
    return new TiffMemory(
        callback(bucketlens, "bl_memory_read"),
        callback(bucketlens, "bl_memory_write"),
        callback(bucketlens, "bl_memory_seek"),
        callback(bucketlens, "bl_memory_close"),
        callback(bucketlens, "bl_memory_size"),
        callback(bucketlens, "bl_memory_map"),
        callback(bucketlens, "bl_memory_unmap"));
  }

  private static MemorySegment callback(LoadedLibrary bucketlens, String name) {
    return bucketlens
        .symbol(name)
        .orElseThrow(
            () -> new UnsatisfiedLinkError(bucketlens.file() + " has no function " + name));
  }

  /** Returns a handle that reads the file; valid as long as both segments live. */
  MemorySegment handle(Arena arena, MemorySegment file) {
    MemorySegment handle = arena.allocate(HANDLE_BYTES, Long.BYTES);
    handle.setAtIndex(JAVA_LONG, 0, file.address());
    handle.setAtIndex(JAVA_LONG, 1, file.byteSize());
    return handle;
  }
}
