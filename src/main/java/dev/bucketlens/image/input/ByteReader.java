package dev.bucketlens.image.input;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import java.util.Arrays;

/**
 * Reads numbers from a file's bytes. Every read is checked: past the end, the file is {@link
 * RejectionCode#TRUNCATED}. And every read is paid for out of the decode's budget.
 */
public final class ByteReader {

  private final byte[] data;
  private final int end;
  private final boolean littleEndian;
  private final Budget budget;
  private int position;

  private ByteReader(byte[] data, boolean littleEndian, Budget budget) {
    this.data = data;
    this.end = data.length;
    this.littleEndian = littleEndian;
    this.budget = budget;
  }

  /** Reads numbers with the highest byte first; each costs {@code budget} one reading. */
  public static ByteReader bigEndian(byte[] data, Budget budget) {
    return new ByteReader(data, false, budget);
  }

  /** Reads numbers with the lowest byte first; each costs {@code budget} one reading. */
  public static ByteReader littleEndian(byte[] data, Budget budget) {
    return new ByteReader(data, true, budget);
  }

  /** The index of the next byte, from the beginning of the file. */
  public int position() {
    return position;
  }

  /** Bytes from here to the end. */
  public int remaining() {
    return end - position;
  }

  /**
   * Goes to a position.
   *
   * @throws ImageRejectedException if it is outside of the file, which then ends early
   */
  public ByteReader seek(long target) throws ImageRejectedException {
    if (target < 0 || target > end) {
      throw truncated();
    }
    position = (int) target;
    return this;
  }

  /** Goes on by so many bytes; otherwise as {@link #seek}. */
  public ByteReader skip(long count) throws ImageRejectedException {
    return seek(position + count);
  }

  /**
   * Reads one byte, 0 to 255.
   *
   * @throws ImageRejectedException if the file ends before, or the budget does
   */
  public int u8() throws ImageRejectedException {
    require(1);
    budget.read();
    return data[position++] & 0xFF;
  }

  /** As {@link #u8}, two bytes. */
  public int u16() throws ImageRejectedException {
    int first = u8();
    int second = u8();
    return littleEndian ? second << 8 | first : first << 8 | second;
  }

  /** Three bytes: the unit of WebP's frame rectangles. */
  public int u24() throws ImageRejectedException {
    int first = u8();
    int second = u8();
    int third = u8();
    return littleEndian ? third << 16 | second << 8 | first : first << 16 | second << 8 | third;
  }

  /** As {@link #u8}, four bytes with a sign. */
  public int i32() throws ImageRejectedException {
    int first = u16();
    int second = u16();
    return littleEndian ? second << 16 | first : first << 16 | second;
  }

  /** As {@link #u8}, four bytes without a sign. */
  public long u32() throws ImageRejectedException {
    return i32() & 0xFFFF_FFFFL;
  }

  /**
   * Copies so many bytes, which the budget pays for.
   *
   * @throws ImageRejectedException if the file has fewer, or the budget has
   */
  public byte[] bytes(long count) throws ImageRejectedException {
    require(count);
    budget.copy(count);
    byte[] copy = Arrays.copyOfRange(data, position, position + (int) count);
    position += (int) count;
    return copy;
  }

  /** Whether the bytes at the position are these ASCII characters; the position stays. */
  public boolean at(String ascii) {
    return matches(data, position, end, ascii);
  }

  /** Whether these ASCII characters stand at {@code from} and end before {@code end}. */
  public static boolean matches(byte[] data, int from, int end, String ascii) {
    if (from < 0 || end - from < ascii.length()) {
      return false;
    }
    for (int i = 0; i < ascii.length(); i++) {
      if (data[from + i] != (byte) ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void require(long count) throws ImageRejectedException {
    if (count < 0 || count > remaining()) {
      throw truncated();
    }
  }

  private static ImageRejectedException truncated() {
    return new ImageRejectedException(RejectionCode.TRUNCATED);
  }
}
