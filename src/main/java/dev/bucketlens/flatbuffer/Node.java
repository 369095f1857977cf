package dev.bucketlens.flatbuffer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A table whose fields are read by the names that a schema gives them. A field that is missing
 * reads as FlatBuffers has it: as 0, or as nothing. Immutable.
 *
 * @param type the name of the table in the schema
 */
public record Node(FlatBuffer.Table table, Schema schema, String type) {

  /** Returns the outermost table of a buffer. */
  public static Node root(FlatBuffer buffer, Schema schema, String type) throws MalformedException {
    return new Node(buffer.root(), schema, type);
  }

  /** Returns the names of the fields that the schema gives this table. */
  public List<String> fields() {
    return schema.fields(type).stream().map(Schema.Field::name).toList();
  }

  /** Whether the schema says that the field is a vector. */
  public boolean isList(String field) {
    return schema.fields(type).get(number(field)).list();
  }

  /** The table that the field holds. */
  public Optional<Node> child(String field) throws MalformedException {
    String child = schema.fields(type).get(number(field)).type();
    return table.table(number(field)).map(found -> new Node(found, schema, child));
  }

  /** Returns the table of a union, unless its type is none that the schema knows. */
  public Optional<Node> member(String field) throws MalformedException {
    int number = number(field);
    String union = schema.fields(type).get(number).type();
    String member = schema.member(union, table.int8(number - 1) & 0xFF);
    return member.isEmpty()
        ? Optional.empty()
        : table.table(number).map(found -> new Node(found, schema, member));
  }

  /** The tables of a vector, in their order. */
  public List<Node> children(String field) throws MalformedException {
    int number = number(field);
    String child = schema.fields(type).get(number).type();
    List<Node> children = new ArrayList<>();
    for (FlatBuffer.Table found : table.tables(number)) {
      children.add(new Node(found, schema, child));
    }
    return children;
  }

  /** A string. */
  public Optional<String> text(String field) throws MalformedException {
    return table.string(number(field));
  }

  /** A vector of bytes, a view of the buffer. */
  public Optional<ByteBuffer> bytes(String field) throws MalformedException {
    return table.bytes(number(field));
  }

  /** A vector of 32-bit integers. */
  public List<Integer> ints(String field) throws MalformedException {
    return table.ints(number(field));
  }

  /** A vector of 64-bit integers. */
  public List<Long> longs(String field) throws MalformedException {
    return table.longs(number(field));
  }

  /** A vector of 32-bit floats. */
  public List<Float> floats(String field) throws MalformedException {
    return table.floats(number(field));
  }

  /** A signed byte. */
  public int int8(String field) throws MalformedException {
    return table.int8(number(field));
  }

  /** A signed integer of 32 bits. */
  public int int32(String field) throws MalformedException {
    return table.int32(number(field));
  }

  /** The same bits, unsigned. */
  public long uint32(String field) throws MalformedException {
    return Integer.toUnsignedLong(int32(field));
  }

  /** A signed integer of 64 bits. */
  public long int64(String field) throws MalformedException {
    return table.int64(number(field));
  }

  private int number(String field) {
    List<Schema.Field> fields = schema.fields(type);
    return IntStream.range(0, fields.size())
        .filter(i -> fields.get(i).name().equals(field))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(type + " has no field " + field));
  }
}
