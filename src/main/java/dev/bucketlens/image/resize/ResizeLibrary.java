package dev.bucketlens.image.resize;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.CType.UINT;
import static dev.bucketlens.nativelib.CType.VOID;
import static dev.bucketlens.nativelib.Signature.returns;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The resizing half of {@code libbucketlens}, our own library: see {@code src/main/c/bucketlens.h}.
 * Thread-safe; a resizer is used by one thread at a time.
 */
public final class ResizeLibrary {

  /** The version of {@code bucketlens.h} that the structures here and in the format follow. */
  private static final int ABI_VERSION = 3;

  private final NativeFunction open;
  private final NativeFunction rows;
  private final NativeFunction rgbaRows;
  private final NativeFunction missing;
  private final NativeFunction close;

  /**
   * Links the functions.
   *
   * @throws UnsatisfiedLinkError if the library was built from other sources than this class
   */
  public ResizeLibrary(LoadedLibrary bucketlens) {
    int version = bucketlens.function("bl_abi_version", returns(INT)).integer();
    if (version != ABI_VERSION) {
      throw new UnsatisfiedLinkError(
          "%s has version %d of our native interface, and version %d is needed: use the library that comes with this program"
              .formatted(bucketlens.file(), version, ABI_VERSION));
    }
    this.open = bucketlens.function("bl_resizer_open", returns(POINTER).takes(POINTER));
    this.rows =
        bucketlens.function(
            "bl_resizer_rows", returns(INT).takes(POINTER, INT, INT, POINTER, LONG));
    this.rgbaRows =
        bucketlens.function(
            "bl_resizer_rgba", returns(INT).takes(POINTER, INT, INT, POINTER, LONG, UINT));
    this.missing = bucketlens.function("bl_resizer_missing", returns(INT).takes(POINTER));
    this.close = bucketlens.function("bl_resizer_close", returns(VOID).takes(POINTER));
  }

  /**
   * Returns a resizer.
   *
   * @param arena closes it
   * @throws OutOfMemoryError if there is no memory for it
   */
  @SuppressWarnings("restricted") // hands a C pointer to its owner
  MemorySegment open(Arena arena, MemorySegment request) {
    MemorySegment resizer = open.pointer(request);
    if (resizer.address() == 0) {
      throw new OutOfMemoryError("No native memory to resize an image");
    }
    return resizer.reinterpret(arena, close::run);
  }

  /** Hands rows over; returns false if they are not those that the resizer needs. */
  boolean rows(MemorySegment resizer, int y, int count, MemorySegment pixels, long stride) {
    return rows.integer(resizer, y, count, pixels, stride) != 0;
  }

  /** As {@link #rows}, of red, green, blue and alpha, which are laid on a colour first. */
  boolean rgbaRows(
      MemorySegment resizer, int y, int count, MemorySegment pixels, long stride, int ground) {
    return rgbaRows.integer(resizer, y, count, pixels, stride, ground) != 0;
  }

  int missing(MemorySegment resizer) {
    return missing.integer(resizer);
  }
}
