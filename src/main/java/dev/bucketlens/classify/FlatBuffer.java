package dev.bucketlens.classify;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads tables of a FlatBuffer, by the field numbers of its schema. Every access is checked against
 * the buffer's bounds, since the file may be truncated or made to mislead.
 *
 * @see <a href="https://flatbuffers.dev/internals/">FlatBuffer internals</a>
 */
final class FlatBuffer {

  /** No file that is read here has as many; a larger count can only be a lie. */
  private static final int MAX_ELEMENTS = 1 << 20;

  private static final int OFFSET_BYTES = 4;

  private final ByteBuffer bytes;

  FlatBuffer(ByteBuffer bytes) {
    this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The buffer's content does not hang together. */
  static final class MalformedException extends Exception {

    MalformedException(String message) {
      super(message);
    }
  }

  /** Returns the outermost table. */
  Table root() throws MalformedException {
    return new Table(follow(0));
  }

  /** Returns whether the buffer says of itself that it holds this kind of data: four characters. */
  boolean hasIdentifier(String identifier) {
    return bytes.limit() >= 2 * OFFSET_BYTES
        && identifier.equals(
            StandardCharsets.ISO_8859_1.decode(bytes.slice(OFFSET_BYTES, 4)).toString());
  }

  private int require(long offset, long length) throws MalformedException {
    if (offset < 0 || length < 0 || offset + length > bytes.limit()) {
      throw new MalformedException(
          "%d bytes at %d lie beyond its %d bytes".formatted(length, offset, bytes.limit()));
    }
    return (int) offset;
  }

  private int int32(long offset) throws MalformedException {
    return bytes.getInt(require(offset, Integer.BYTES));
  }

  private int uint16(long offset) throws MalformedException {
    return Short.toUnsignedInt(bytes.getShort(require(offset, Short.BYTES)));
  }

  private int follow(long offset) throws MalformedException {
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

  /** One table. A field that is absent reads as empty, or as the default that the schema gives. */
  final class Table {

    private final int start;
    private final int layout;

    private Table(int start) throws MalformedException {
      this.start = start;
      layout = require((long) start - FlatBuffer.this.int32(start), 2L * Short.BYTES);
    }

    Optional<Table> table(int field) throws MalformedException {
      int at = at(field);
      return at == 0 ? Optional.empty() : Optional.of(new Table(follow(at)));
    }

    List<Table> tables(int field) throws MalformedException {
      List<Table> tables = new ArrayList<>();
      int at = at(field);
      if (at != 0) {
        Elements elements = elements(follow(at), OFFSET_BYTES);
        for (int i = 0; i < elements.count(); i++) {
          tables.add(new Table(follow(elements.start() + (long) i * OFFSET_BYTES)));
        }
      }
      return tables;
    }

    Optional<String> string(int field) throws MalformedException {
      return bytes(field).map(text -> StandardCharsets.UTF_8.decode(text).toString());
    }

    Optional<ByteBuffer> bytes(int field) throws MalformedException {
      int at = at(field);
      if (at == 0) {
        return Optional.empty();
      }
      Elements elements = elements(follow(at), 1);
      return Optional.of(bytes.slice(elements.start(), elements.count()));
    }

    List<Float> floats(int field) throws MalformedException {
      List<Float> floats = new ArrayList<>();
      int at = at(field);
      if (at != 0) {
        Elements elements = elements(follow(at), Float.BYTES);
        for (int i = 0; i < elements.count(); i++) {
          floats.add(bytes.getFloat(elements.start() + i * Float.BYTES));
        }
      }
      return floats;
    }

    float float32(int field) throws MalformedException {
      int at = at(field);
      return at == 0 ? 0 : bytes.getFloat(require(at, Float.BYTES));
    }

    int int32(int field) throws MalformedException {
      int at = at(field);
      return at == 0 ? 0 : FlatBuffer.this.int32(at);
    }

    int int8(int field) throws MalformedException {
      int at = at(field);
      return at == 0 ? 0 : bytes.get(require(at, 1));
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
