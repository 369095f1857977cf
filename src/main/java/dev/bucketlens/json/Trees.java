package dev.bucketlens.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Maps and lists as JSON is read into; none is changed, what comes back is new. */
final class Trees {

  private Trees() {}

  /** The same fields, in their order. */
  static Map<String, Object> named(Map<?, ?> fields) {
    Map<String, Object> named = new LinkedHashMap<>();
    fields.forEach((name, value) -> named.put(name.toString(), value));
    return named;
  }

  /** The fields that are neither null nor an empty text, here and below. */
  static Map<String, Object> withoutBlanks(Map<?, ?> fields) {
    Map<String, Object> some = named(fields);
    some.values().removeIf(value -> value == null || value.equals(""));
    some.replaceAll((_, value) -> withoutBlanks(value));
    return some;
  }

  private static Object withoutBlanks(Object value) {
    return switch (value) {
      case Map<?, ?> map -> withoutBlanks(map);
      case List<?> list -> list.stream().map(Trees::withoutBlanks).toList();
      case null, default -> value;
    };
  }
}
