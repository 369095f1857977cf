package dev.bucketlens.flatbuffer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A table whose fields are read by the names that a schema gives them. Immutable.
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

  public boolean isList(String field) {
    return schema.fields(type).get(number(field)).list();
  }

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

  public List<Node> children(String field) throws MalformedException {
    int number = number(field);
    String child = schema.fields(type).get(number).type();
    List<Node> children = new ArrayList<>();
    for (FlatBuffer.Table found : table.tables(number)) {
      children.add(new Node(found, schema, child));
    }
    return children;
  }

  public Optional<String> text(String field) throws MalformedException {
    return table.string(number(field));
  }

  public Optional<ByteBuffer> bytes(String field) throws MalformedException {
    return table.bytes(number(field));
  }

  public List<Integer> ints(String field) throws MalformedException {
    return table.ints(number(field));
  }

  public List<Long> longs(String field) throws MalformedException {
    return table.longs(number(field));
  }

  public List<Float> floats(String field) throws MalformedException {
    return table.floats(number(field));
  }

  public int int8(String field) throws MalformedException {
    return table.int8(number(field));
  }

  public int int32(String field) throws MalformedException {
    return table.int32(number(field));
  }

  public long uint32(String field) throws MalformedException {
    return Integer.toUnsignedLong(int32(field));
  }

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
