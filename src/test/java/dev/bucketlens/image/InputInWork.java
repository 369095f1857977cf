package dev.bucketlens.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The input that is being decoded, in a memory-mapped file: as cheap as a copy, and the kernel
 * keeps it when the JVM crashes. First its length as a big-endian int, then its bytes.
 */
final class InputInWork implements AutoCloseable {

  private static final int LARGEST = 1 << 20;

  private final FileChannel channel;
  private final ByteBuffer map;

  private InputInWork(FileChannel channel, ByteBuffer map) {
    this.channel = channel;
    this.map = map;
  }

  static InputInWork open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new InputInWork(channel, channel.map(FileChannel.MapMode.READ_WRITE, 0, LARGEST));
  }

  void set(byte[] input) {
    map.clear();
    map.putInt(input.length).put(input, 0, Math.min(input.length, map.remaining()));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
