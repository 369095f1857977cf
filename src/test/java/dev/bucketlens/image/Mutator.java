package dev.bucketlens.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/** Damages files the ways that files are damaged, and some that only an attacker would think of. */
final class Mutator {

  private static final int[] EDGES = {0, 1, 2, 4, 0x7F, 0x80, 0xFE, 0xFF};

  private final List<byte[]> seeds;
  private final RandomGenerator random;

  Mutator(List<byte[]> seeds, RandomGenerator random) {
    this.seeds = seeds;
    this.random = random;
  }

  byte[] next() {
    byte[] file = seeds.get(random.nextInt(seeds.size())).clone();
    for (int changes = 1 + random.nextInt(3); changes > 0 && file.length > 0; changes--) {
      file = change(file);
    }
    if (random.nextBoolean()) {
      repairPngChecksums(file);
    }
    return file;
  }

  private byte[] change(byte[] file) {
    // Headers decide sizes and tables, so half of the damage goes there.
    int reach = random.nextBoolean() ? Math.min(file.length, 128) : file.length;
    int at = random.nextInt(reach);
    return switch (random.nextInt(8)) {
      case 0, 1 -> set(file, at, random.nextInt(256));
      case 2 -> set(file, at, file[at] ^ 1 << random.nextInt(8));
      case 3 -> set(file, at, EDGES[random.nextInt(EDGES.length)]);
      case 4 -> fill(file, at, EDGES[random.nextInt(EDGES.length)]);
      case 5 -> Arrays.copyOf(file, at);
      case 6 -> splice(file, at, seeds.get(random.nextInt(seeds.size())));
      default -> repeat(file, at);
    };
  }

  private static byte[] set(byte[] file, int at, int value) {
    file[at] = (byte) value;
    return file;
  }

  private byte[] fill(byte[] file, int at, int value) {
    Arrays.fill(file, at, Math.min(at + 1 + random.nextInt(8), file.length), (byte) value);
    return file;
  }

  /** Writes a piece of another file over, or into, this one. */
  private byte[] splice(byte[] file, int at, byte[] other) {
    if (other.length == 0) {
      return file;
    }
    int from = random.nextInt(other.length);
    int length = Math.min(1 + random.nextInt(64), Math.min(other.length - from, file.length - at));
    System.arraycopy(other, from, file, at, length);
    return file;
  }

  /** Makes a damaged PNG pass its checksums, so that the damage gets past them. */
  private static void repairPngChecksums(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file);
    CRC32 checksum = new CRC32();
    int at = 8;
    while (file.length - at >= 12 && file[1] == 'P' && file[2] == 'N') {
      int length = buffer.getInt(at);
      if (length < 0 || length > file.length - at - 12) {
        return;
      }
      checksum.reset();
      checksum.update(file, at + 4, length + 4);
      buffer.putInt(at + 8 + length, (int) checksum.getValue());
      at += 12 + length;
    }
  }

  private byte[] repeat(byte[] file, int at) {
    int length = Math.min(1 + random.nextInt(64), file.length - at);
    byte[] longer = new byte[file.length + length];
    System.arraycopy(file, 0, longer, 0, at + length);
    System.arraycopy(file, at, longer, at + length, file.length - at);
    return longer;
  }
}
