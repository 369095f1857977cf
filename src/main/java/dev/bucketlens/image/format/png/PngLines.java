package dev.bucketlens.image.format.png;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.resize.Resizer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * The restored lines of a PNG, or of one of its interlaced passes, one after the other. They lie in
 * native memory, where zlib writes them and native code restores and resizes them.
 */
final class PngLines {

  /** The number of its filter comes before a line. */
  private static final int FILTER = 1;

  private final PngLibrary library;
  private final PngChunks data;
  private final int pixel;
  private Line line;
  private Line above;

  /**
   * @param buffer the filter's number and the bytes, as zlib fills them
   * @param bytes without the filter's number, and {@link Resizer#SLACK} readable bytes behind
   */
  private record Line(ByteBuffer buffer, MemorySegment bytes) {
    static Line of(Arena arena, int length) {
      MemorySegment memory = arena.allocate(FILTER + (long) length + Resizer.SLACK);
      return new Line(
          memory.asSlice(0, FILTER + (long) length).asByteBuffer(), memory.asSlice(FILTER, length));
    }
  }

  /**
   * @param arena holds two lines
   */
  PngLines(Arena arena, PngLibrary library, PngHeader png, PngChunks data, int pixels) {
    this.library = library;
    this.data = data;
    this.pixel = Math.max(png.bitsPerPixel() / 8, 1);
    this.line = Line.of(arena, png.lineBytes(pixels));
    this.above = Line.of(arena, png.lineBytes(pixels));
  }

  /** Returns the next line; valid until the next but one. */
  MemorySegment next() throws ImageRejectedException {
    Line next = above;
    above = line;
    line = next;
    data.read(line.buffer().clear());
    if (!library.restore(line.buffer().get(0), line.bytes(), above.bytes(), pixel)) {
      throw PngHeader.corrupt("uses an unknown filter");
    }
    return line.bytes();
  }
}
