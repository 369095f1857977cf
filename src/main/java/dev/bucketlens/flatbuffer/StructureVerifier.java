package dev.bucketlens.flatbuffer;

import dev.bucketlens.flatbuffer.Schema.Field;
import java.util.List;

/**
 * Follows every offset of a buffer that its schema knows, by the rules of FlatBuffers' own
 * verifier: tables, their layouts, fields, lists and strings lie inside the buffer and are aligned,
 * strings end with a zero, and neither depth nor number of tables is endless. A program that reads
 * tables without checks reads nothing outside a buffer that passes.
 */
public final class StructureVerifier {

  private static final int MAX_DEPTH = 64;
  private static final int MAX_TABLES = 1_000_000;
  private static final int LAYOUT_HEAD = 2 * Short.BYTES;

  private final FlatBuffer buffer;
  private final Schema schema;

  /** Of the table being looked at, such as {@code subgraphs[0].tensors[3]}. */
  private final StringBuilder path = new StringBuilder();

  private int tables;

  private StructureVerifier(FlatBuffer buffer, Schema schema) {
    this.buffer = buffer;
    this.schema = schema;
  }

  /**
   * Passes if a buffer is whole.
   *
   * @param root the name of the outermost table
   * @throws MalformedException otherwise; the message starts with the path of the field at fault
   */
  public static void verify(FlatBuffer buffer, Schema schema, String root)
      throws MalformedException {
    StructureVerifier verifier = new StructureVerifier(buffer, schema);
    try {
      verifier.table(buffer.follow(0), root, 0);
    } catch (MalformedException e) {
      String where = verifier.path.isEmpty() ? "its root" : verifier.path.substring(1);
      throw new MalformedException(where + ": " + e.getMessage());
    }
  }

  private void table(int at, String type, int depth) throws MalformedException {
    if (++tables > MAX_TABLES || depth > MAX_DEPTH) {
      throw new MalformedException(
          "expected at most %d tables, %d deep".formatted(MAX_TABLES, MAX_DEPTH));
    }
    aligned(at, Integer.BYTES);
    int layout = buffer.require((long) at - buffer.int32(at), LAYOUT_HEAD);
    aligned(layout, Short.BYTES);
    int layoutBytes = buffer.uint16(layout);
    if (layoutBytes < LAYOUT_HEAD || layoutBytes % Short.BYTES != 0) {
      throw new MalformedException("a table's layout of %d bytes".formatted(layoutBytes));
    }
    buffer.require(layout, layoutBytes);
    List<Field> fields = schema.fields(type);
    int written = (layoutBytes - LAYOUT_HEAD) / Short.BYTES;
    int unionType = 0;
    for (int number = 0; number < Math.min(written, fields.size()); number++) {
      int offset = buffer.uint16((long) layout + LAYOUT_HEAD + (long) number * Short.BYTES);
      Field field = fields.get(number);
      if (offset != 0) {
        field((long) at + offset, field, unionType, depth);
      }
      unionType = offset != 0 && field.bytes() == 1 ? buffer.int8((long) at + offset) & 0xFF : 0;
    }
  }

  private void field(long offset, Field field, int unionType, int depth) throws MalformedException {
    int length = path.length();
    path.append('.').append(field.name());
    if (field.kind() != Schema.Kind.UNUSED) {
      int bytes = field.list() ? FlatBuffer.OFFSET_BYTES : field.bytes();
      int at = buffer.require(offset, bytes);
      aligned(at, bytes);
      if (field.list()) {
        list(buffer.follow(at), field, depth);
      } else {
        value(at, field, unionType, depth);
      }
    }
    path.setLength(length);
  }

  private void list(int at, Field field, int depth) throws MalformedException {
    aligned(at, Integer.BYTES);
    long count = Integer.toUnsignedLong(buffer.int32(at));
    int first =
        buffer.require(
            (long) at + FlatBuffer.OFFSET_BYTES, Math.multiplyExact(count, field.bytes()));
    if (field.kind() == Schema.Kind.NUMBER) {
      return;
    }
    int length = path.length();
    for (int i = 0; i < count; i++) {
      path.append('[').append(i).append(']');
      value(first + i * FlatBuffer.OFFSET_BYTES, field, 0, depth);
      path.setLength(length);
    }
  }

  private void value(int at, Field field, int unionType, int depth) throws MalformedException {
    switch (field.kind()) {
      case STRING -> string(buffer.follow(at));
      case TABLE -> table(buffer.follow(at), field.type(), depth + 1);
      case UNION -> {
        // What a newer schema added is not followed here, and not by a reader of this schema.
        String member = schema.member(field.type(), unionType);
        if (!member.isEmpty()) {
          table(buffer.follow(at), member, depth + 1);
        }
      }
      case NUMBER, UNUSED -> {}
    }
  }

  private void string(int at) throws MalformedException {
    aligned(at, Integer.BYTES);
    long end = (long) at + FlatBuffer.OFFSET_BYTES + Integer.toUnsignedLong(buffer.int32(at));
    if (buffer.int8(end) != 0) {
      throw new MalformedException("a text that does not end with a zero at %d".formatted(end));
    }
  }

  private static void aligned(int at, int alignment) throws MalformedException {
    if (at % alignment != 0) {
      throw new MalformedException(
          "an offset to %d, which is no multiple of %d".formatted(at, alignment));
    }
  }
}
