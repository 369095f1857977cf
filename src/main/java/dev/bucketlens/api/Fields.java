package dev.bucketlens.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The named values of a request, from a JSON body or from query parameters. Strict: a value of the
 * wrong kind and a name that is not known are refused with the name, so that a misspelt option does
 * not pass as its default.
 */
final class Fields {

  /** A value that came as text because its carrier knows nothing else. */
  private record Spelled(String text) {}

  private final Map<String, Object> values;

  private Fields(Map<String, Object> values) {
    this.values = values;
  }

  static Fields ofJson(byte[] body) {
    return new Fields(Json.readObject(body));
  }

  static Fields ofMap(Map<String, Object> values) {
    return new Fields(values);
  }

  /** Texts as they come in a query: numbers are read from text, lists are comma-separated. */
  static Fields ofTexts(Map<String, String> texts) {
    Map<String, Object> spelled = new LinkedHashMap<>();
    texts.forEach((name, text) -> spelled.put(name, new Spelled(text)));
    return new Fields(spelled);
  }

  /** Returns these fields and those of {@code others} that these lack. */
  Fields orElse(Fields others) {
    Map<String, Object> both = new LinkedHashMap<>(others.values);
    both.putAll(values);
    return new Fields(both);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  void allowOnly(Set<String> names) {
    for (String name : values.keySet()) {
      if (!names.contains(name)) {
        throw new ApiException(
            400,
            "UNKNOWN_FIELD",
            "\"%s\" is not known here; known are %s."
                .formatted(printable(name), String.join(", ", names.stream().sorted().toList())));
      }
    }
  }

  Optional<String> text(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    return switch (values.get(name)) {
      case String text -> Optional.of(text);
      case Spelled(String text) -> Optional.of(text);
      case null, default -> throw ApiException.invalid(name, "a text");
    };
  }

  Optional<Integer> integer(String name, int least, int most) {
    if (!has(name)) {
      return Optional.empty();
    }
    Object value = values.get(name);
    long number =
        switch (value) {
          case Integer i -> i;
          case Long l -> l;
          case Spelled(String text) when text.matches("[+-]?\\d{1,18}") -> Long.parseLong(text);
          case null, default -> Long.MIN_VALUE;
        };
    if (number < least || number > most) {
      String range = most == Integer.MAX_VALUE ? least + " or more" : least + " to " + most;
      throw ApiException.invalid(name, "a whole number, " + range);
    }
    return Optional.of((int) number);
  }

  Optional<Float> number(String name, float least, float most) {
    if (!has(name)) {
      return Optional.empty();
    }
    float number =
        switch (values.get(name)) {
          case Number n -> n.floatValue();
          case Spelled(String text)
              when text.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?") ->
              Float.parseFloat(text);
          case null, default -> Float.NaN;
        };
    if (!(number >= least && number <= most)) {
      throw ApiException.invalid(
          name, "a number from %s to %s".formatted(plain(least), plain(most)));
    }
    return Optional.of(number);
  }

  Optional<Boolean> flag(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    return switch (values.get(name)) {
      case Boolean flag -> Optional.of(flag);
      case Spelled(String text) when text.equals("true") -> Optional.of(true);
      case Spelled(String text) when text.equals("false") -> Optional.of(false);
      case null, default -> throw ApiException.invalid(name, "true or false");
    };
  }

  /** Returns the list, empty if it is not given; one that is spelled out is comma-separated. */
  List<String> texts(String name) {
    if (!has(name)) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    switch (values.get(name)) {
      case Spelled(String text) -> texts.addAll(List.of(text.split(",", -1)));
      case List<?> list -> list.forEach(item -> texts.add(item instanceof String s ? s : ""));
      case null, default -> texts.add("");
    }
    if (texts.stream().anyMatch(String::isBlank)) {
      throw ApiException.invalid(name, "a list of texts");
    }
    return texts.stream().map(String::strip).toList();
  }

  Optional<Fields> object(String name) {
    if (!has(name)) {
      return Optional.empty();
    }
    if (values.get(name) instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key.toString(), value));
      return Optional.of(new Fields(copy));
    }
    throw ApiException.invalid(name, "an object");
  }

  private static String plain(float number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  /** A name comes from the caller: what is quoted back is short and plain. */
  private static String printable(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_.-]", "?");
    return plain.length() > 40 ? plain.substring(0, 40) : plain;
  }
}
