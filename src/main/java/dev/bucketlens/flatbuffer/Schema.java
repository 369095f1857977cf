package dev.bucketlens.flatbuffer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which tables a FlatBuffer may have, and what their fields hold. Immutable.
 *
 * <p>Its text has a table or a union in each line, which goes on in the lines that start with a
 * blank: {@code table NAME field:kind field:kind …} and {@code union NAME TABLE TABLE …}. A field's
 * number is its place; {@code -} stands for one that is not in use. A kind is a number ({@code i8},
 * {@code u8}, {@code bool}, {@code i16}, …, {@code f64}), {@code string}, a table's name, a union's
 * name, whose type is the field before it, or one of these in brackets, which is a list. A table
 * that is only named has no fields.
 */
public final class Schema {

  private static final Map<String, Integer> NUMBERS =
      Map.ofEntries(
          Map.entry("i8", 1),
          Map.entry("u8", 1),
          Map.entry("bool", 1),
          Map.entry("i16", 2),
          Map.entry("u16", 2),
          Map.entry("i32", 4),
          Map.entry("u32", 4),
          Map.entry("f32", 4),
          Map.entry("i64", 8),
          Map.entry("u64", 8),
          Map.entry("f64", 8));

  private static final String UNUSED = "-";

  private final Map<String, List<Field>> tables = new HashMap<>();
  private final Map<String, List<String>> unions = new HashMap<>();

  private Schema() {}

  /** What the value of a field, or of each of its elements, is. */
  enum Kind {
    NUMBER,
    STRING,
    TABLE,
    UNION,
    UNUSED
  }

  /**
   * A field of a table.
   *
   * @param list whether it is a list of such values
   * @param type of a table or a union, its name
   * @param bytes of a number, its size; of others, that of the offset that leads to them
   */
  record Field(String name, Kind kind, boolean list, String type, int bytes) {}

  /** Reads a schema's text, of which the source says that it is right. */
  public static Schema parse(String text) {
    Schema schema = new Schema();
    List<String[]> lines =
        text
            .lines()
            .filter(line -> !line.startsWith("#"))
            .reduce((all, line) -> all + (line.startsWith(" ") ? "" : "\n") + line)
            .stream()
            .flatMap(String::lines)
            .map(line -> line.split(" +"))
            .toList();
    for (String[] words : lines) {
      if (words[0].equals("union")) {
        schema.unions.put(words[1], List.of(words).subList(2, words.length));
      }
    }
    for (String[] words : lines) {
      if (words[0].equals("table")) {
        schema.tables.put(words[1], schema.fields(List.of(words).subList(2, words.length)));
      }
    }
    return schema;
  }

  List<Field> fields(String table) {
    return tables.getOrDefault(table, List.of());
  }

  /** Returns the table that a union's type stands for, or an empty name for a type it lacks. */
  String member(String union, int type) {
    List<String> members = unions.getOrDefault(union, List.of());
    return type >= 1 && type <= members.size() ? members.get(type - 1) : "";
  }

  private List<Field> fields(List<String> declarations) {
    List<Field> fields = new ArrayList<>();
    for (String declaration : declarations) {
      int colon = declaration.indexOf(':');
      fields.add(
          declaration.equals(UNUSED)
              ? new Field(UNUSED, Kind.UNUSED, false, "", 0)
              : field(declaration.substring(0, colon), declaration.substring(colon + 1)));
    }
    return List.copyOf(fields);
  }

  private Field field(String name, String kind) {
    boolean list = kind.startsWith("[");
    String type = list ? kind.substring(1, kind.length() - 1) : kind;
    int bytes = NUMBERS.getOrDefault(type, FlatBuffer.OFFSET_BYTES);
    return new Field(name, kind(type), list, type, bytes);
  }

  private Kind kind(String type) {
    if (NUMBERS.containsKey(type)) {
      return Kind.NUMBER;
    }
    if (type.equals("string")) {
      return Kind.STRING;
    }
    return unions.containsKey(type) ? Kind.UNION : Kind.TABLE;
  }
}
