package dev.bucketlens.flatbuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads tables of a FlatBuffer, by the field numbers of its schema. Every access is checked against
 * the buffer's bounds, since the file may be truncated or made to mislead. Immutable.
 *
 * @see <a href="https://flatbuffers.dev/internals/">FlatBuffer internals</a>
 */
public final class FlatBuffer {

  /** No file that is read here has as many; a larger count can only be a lie. */
  private static final int MAX_ELEMENTS = 1 << 20;

  static final int OFFSET_BYTES = 4;

  private final ByteBuffer bytes;

  /** Reads what {@code bytes} hold from their position to their limit; nothing is copied. */
  public FlatBuffer(ByteBuffer bytes) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Returns the outermost table. */
  public Table root() throws MalformedException {
    return new Table(follow(0));
  }

  /** Returns whether the buffer says of itself that it holds this kind of data: four characters. */
  public boolean hasIdentifier(String identifier) {
    return bytes.limit() >= 2 * OFFSET_BYTES
        && identifier.equals(
            StandardCharsets.ISO_8859_1.decode(bytes.slice(OFFSET_BYTES, 4)).toString());
  }

  int require(long offset, long length) throws MalformedException {
    if (offset < 0 || length < 0 || offset + length > bytes.limit()) {
      throw new MalformedException(
          "%d bytes at %d lie beyond its %d bytes".formatted(length, offset, bytes.limit()));
    }
    return (int) offset;
  }

  byte int8(long offset) throws MalformedException {
    return bytes.get(require(offset, 1));
  }

  int uint16(long offset) throws MalformedException {
    return Short.toUnsignedInt(bytes.getShort(require(offset, Short.BYTES)));
  }

  int int32(long offset) throws MalformedException {
    return bytes.getInt(require(offset, Integer.BYTES));
  }

  /** Returns where the offset that lies here leads to. */
  int follow(long offset) throws MalformedException {
    return require(offset + Integer.toUnsignedLong(int32(offset)), OFFSET_BYTES);
  }

  /** A run of elements of one size. */
  private record Elements(int start, int count) {}

  private Elements elements(int vector, int elementBytes) throws MalformedException {
    int count = int32(vector);
    if (count < 0 || (elementBytes > 1 && count > MAX_ELEMENTS)) {
      throw new MalformedException("a list at %d has %d elements".formatted(vector, count));
    }
    return new Elements(require((long) vector + OFFSET_BYTES, (long) count * elementBytes), count);
  }

  @FunctionalInterface
  private interface Reading<T> {
    T at(int offset) throws MalformedException;
  }

  /** One table. A field that is absent reads as empty, or as the default that the schema gives. */
  public final class Table {

    private final int start;
    private final int layout;

    private Table(int start) throws MalformedException {
      this.start = start;
      layout = require((long) start - FlatBuffer.this.int32(start), 2L * Short.BYTES);
    }

    public Optional<Table> table(int field) throws MalformedException {
      int at = at(field);
      return at == 0 ? Optional.empty() : Optional.of(new Table(follow(at)));
    }

    public List<Table> tables(int field) throws MalformedException {
      return list(field, OFFSET_BYTES, at -> new Table(follow(at)));
    }

    public Optional<String> string(int field) throws MalformedException {
      return bytes(field).map(text -> StandardCharsets.UTF_8.decode(text).toString());
    }

    /** Returns the bytes of a list, in little-endian order; they are not copied. */
    public Optional<ByteBuffer> bytes(int field) throws MalformedException {
      int at = at(field);
      if (at == 0) {
        return Optional.empty();
      }
      Elements elements = elements(follow(at), 1);
      return Optional.of(
          bytes.slice(elements.start(), elements.count()).order(ByteOrder.LITTLE_ENDIAN));
    }

    public List<Float> floats(int field) throws MalformedException {
      return list(field, Float.BYTES, bytes::getFloat);
    }

    public List<Integer> ints(int field) throws MalformedException {
      return list(field, Integer.BYTES, bytes::getInt);
    }

    public List<Long> longs(int field) throws MalformedException {
      return list(field, Long.BYTES, bytes::getLong);
    }

    public float float32(int field) throws MalformedException {
      int at = at(field);
      return at == 0 ? 0 : bytes.getFloat(require(at, Float.BYTES));
    }

    public long int64(int field) throws MalformedException {
      int at = at(field);
      return at == 0 ? 0 : bytes.getLong(require(at, Long.BYTES));
    }

    public int int32(int field) throws MalformedException {
      int at = at(field);
      return at == 0 ? 0 : FlatBuffer.this.int32(at);
    }

    public int int8(int field) throws MalformedException {
      int at = at(field);
      return at == 0 ? 0 : FlatBuffer.this.int8(at);
    }

    private <T> List<T> list(int field, int elementBytes, Reading<T> element)
        throws MalformedException {
      int at = at(field);
      if (at == 0) {
        return List.of();
      }
      Elements elements = elements(follow(at), elementBytes);
      List<T> list = new ArrayList<>(elements.count());
      for (int i = 0; i < elements.count(); i++) {
        list.add(element.at(elements.start() + i * elementBytes));
      }
      return list;
    }

    /** Returns where a field is, or 0 if it is absent. */
    private int at(int field) throws MalformedException {
      int entry = 2 * Short.BYTES + field * Short.BYTES;
      if (entry + Short.BYTES > uint16(layout)) {
        return 0;
      }
      int offset = uint16((long) layout + entry);
      return offset == 0 ? 0 : require((long) start + offset, 1);
    }
  }
}
