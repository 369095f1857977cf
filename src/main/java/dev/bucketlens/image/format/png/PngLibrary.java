package dev.bucketlens.image.format.png;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.Signature.returns;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.MemorySegment;

/** What {@code libbucketlens}, our own library, does for PNG. Thread-safe. */
public final class PngLibrary {

  private final NativeFunction restore;

  /**
   * Links the function.
   *
   * @throws UnsatisfiedLinkError if the library was built from other sources than this class
   */
  public PngLibrary(LoadedLibrary bucketlens) {
    this.restore =
        bucketlens.function(
            "bl_png_restore", returns(INT).takes(LONG, POINTER, POINTER, LONG, LONG));
  }

  /**
   * Undoes a line's filter in place (ISO/IEC 15948, 9.2).
   *
   * @param above the restored line above, or zeros; as long as the line
   * @param pixel bytes from a byte to the same byte of the pixel to its left, at least 1
   * @return false if there is no such filter
   */
  boolean restore(int filter, MemorySegment line, MemorySegment above, int pixel) {
    if (line.byteSize() != above.byteSize() || pixel < 1) {
      throw new IllegalArgumentException(
          "Lines of %d and %d bytes, pixels of %d"
              .formatted(line.byteSize(), above.byteSize(), pixel));
    }
    return restore.integer((long) filter, line, above, line.byteSize(), (long) pixel) != 0;
  }
}
