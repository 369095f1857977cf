package dev.bucketlens.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Model files with faults: the same number gives the same file. */
final class DamagedModels {

  /** Numbers at which size checks tend to be off. */
  private static final int[] EDGES = {
    0, 1, -1, 2, 4, 32, 127, 128, 255, 65535, 1 << 20, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE
  };

  private final List<byte[]> whole;

  private DamagedModels(List<byte[]> whole) {
    this.whole = whole;
  }

  static DamagedModels of(List<Path> files) throws IOException {
    byte[][] whole = new byte[files.size()][];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = Files.readAllBytes(files.get(i));
    }
    return new DamagedModels(List.of(whole));
  }

  /** Returns the damaged file of that number. */
  byte[] file(long number) {
    Random random = new Random(number);
    byte[] bytes = whole.get((int) (number % whole.size())).clone();
    if (random.nextInt(8) == 0) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
    for (int faults = 1 + random.nextInt(4); faults > 0; faults--) {
      damage(bytes, random);
    }
    return bytes;
  }

  private static void damage(byte[] bytes, Random random) {
    ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int at = place(bytes, random);
    int word = Math.min(at & ~3, bytes.length - 4) & ~3;
    switch (random.nextInt(6)) {
      case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] = (byte) random.nextInt(256);
      case 3 -> words.putInt(word, words.getInt(word) + random.nextInt(33) - 16);
      case 4 -> words.putInt(word, EDGES[random.nextInt(EDGES.length)]);
      default -> words.putInt(word, words.getInt(place(bytes, random) & ~3 & (bytes.length - 4)));
    }
  }

  /** Weights are most of a file and the least of its dangers: most faults hit its ends. */
  private static int place(byte[] bytes, Random random) {
    int reach = random.nextInt(4) == 0 ? bytes.length : Math.min(bytes.length, 4096);
    int offset = random.nextInt(reach);
    return random.nextBoolean() ? offset : bytes.length - 1 - offset;
  }
}
