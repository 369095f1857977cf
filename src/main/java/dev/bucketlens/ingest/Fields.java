package dev.bucketlens.ingest;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A JSON object with a path for error messages. Names of fields are looked up as they are; a field
 * that is null counts as missing.
 */
record Fields(String path, Map<?, ?> values) {
  private static final int NAMES_SHOWN = 12;
  private static final int NAME_LENGTH = 40;

  static Fields root(Map<?, ?> values) {
    return new Fields("", values);
  }

  boolean has(String name) {
    return values.get(name) != null;
  }

  Fields object(String name) throws EventFormatException {
    if (values.get(name) instanceof Map<?, ?> map) {
      return new Fields(pathOf(name), map);
    }
    throw missing(name, "an object");
  }

  List<?> list(String name) throws EventFormatException {
    if (values.get(name) instanceof List<?> list) {
      return list;
    }
    throw missing(name, "a list");
  }

  /** The entry of a list as an object. */
  Fields entry(String name, Object entry) throws EventFormatException {
    if (entry instanceof Map<?, ?> map) {
      return new Fields(pathOf(name) + "[]", map);
    }
    throw missing(name + "[]", "an object");
  }

  String text(String name) throws EventFormatException {
    String text = optionalText(name);
    if (text == null) {
      throw missing(name, "a text");
    }
    return text;
  }

  /** The text, or null if it is missing or empty. */
  String optionalText(String name) throws EventFormatException {
    Object value = values.get(name);
    if (value == null || value.equals("")) {
      return null;
    }
    if (value instanceof String text) {
      return text;
    }
    throw missing(name, "a text");
  }

  long number(String name, long otherwise) throws EventFormatException {
    Object value = values.get(name);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Number number) {
      return number.longValue();
    }
    throw missing(name, "a number");
  }

  /** The names of the fields, cut to what belongs in a log line. */
  String names() {
    return values.keySet().stream()
        .map(String::valueOf)
        .map(name -> name.length() > NAME_LENGTH ? name.substring(0, NAME_LENGTH) + "…" : name)
        .sorted()
        .limit(NAMES_SHOWN)
        .collect(Collectors.joining(", ", "[", values.size() > NAMES_SHOWN ? ", …]" : "]"));
  }

  private EventFormatException missing(String name, String expected) {
    return new EventFormatException("event field " + pathOf(name) + " is not " + expected);
  }

  private String pathOf(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
