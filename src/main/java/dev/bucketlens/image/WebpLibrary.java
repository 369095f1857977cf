package dev.bucketlens.image;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** libwebp's decoder, which writes into memory of ours and checks its bounds. */
final class WebpLibrary {

  private final NativeBuffer buffers;
  private final MethodHandle decodeRgba;

  WebpLibrary(ImageLibrary library) {
    this.buffers = new NativeBuffer(library);
    this.decodeRgba =
        library.function(
            "WebPDecodeRGBAInto",
            FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT));
  }

  /** Returns zeroed memory for pixels, freed with the arena. */
  MemorySegment allocate(Arena arena, long bytes) {
    return buffers.allocate(arena, bytes);
  }

  /**
   * Decodes a still image to RGBA.
   *
   * @param pixels receives rows of {@code 4 * width} bytes
   * @return false if the file is damaged or ends early
   */
  boolean decode(MemorySegment file, MemorySegment pixels, int width) {
    try {
      MemorySegment written =
          (MemorySegment)
              decodeRgba.invokeExact(file, file.byteSize(), pixels, pixels.byteSize(), 4 * width);
      return written.address() != 0;
    } catch (Throwable e) {
      throw ImageLibrary.broken(e);
    }
  }
}
