package dev.bucketlens.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/** The bytes of a file, mapped and not copied. */
public final class MappedFile {

  private MappedFile() {}

  /**
   * Returns the bytes of a file, to be read; they stay mapped for as long as the buffer is used.
   *
   * <p>By way of a segment, because {@code FileChannel} makes a mapped buffer by reflection, and
   * the first reflective call of such a shape costs a start two dozen classes.
   *
   * @throws IOException if the file cannot be read, or is larger than a buffer can be
   */
  public static ByteBuffer of(Path file) throws IOException {
    return map(file, Arena.ofAuto()).asByteBuffer();
  }

  /** As {@link #of}; the bytes stay mapped until {@code owner} closes. */
  static MemorySegment map(Path file, Arena owner) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new IOException(
            "%s has %,d bytes; expected at most %,d"
                .formatted(file, channel.size(), Integer.MAX_VALUE));
      }
      return channel.map(MapMode.READ_ONLY, 0, channel.size(), owner);
    }
  }
}
