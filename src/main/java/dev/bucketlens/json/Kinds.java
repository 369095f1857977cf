package dev.bucketlens.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Values as what they are; empty if they are of another kind, or null. */
final class Kinds {

  /** A value that came as text because its carrier knows nothing else. */
  record Spelled(String text) {}

  private Kinds() {}

  /** Without halves of surrogate pairs, which no encoding can write: {@code ?} would be stored. */
  static Optional<String> text(Object value) {
    return switch (value) {
      case String text when isWellFormed(text) -> Optional.of(text);
      case Spelled(String text) when isWellFormed(text) -> Optional.of(text);
      case null, default -> Optional.empty();
    };
  }

  private static boolean isWellFormed(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  static Optional<Boolean> flag(Object value) {
    return switch (value) {
      case Boolean flag -> Optional.of(flag);
      case Spelled(String text) when text.equals("true") -> Optional.of(true);
      case Spelled(String text) when text.equals("false") -> Optional.of(false);
      case null, default -> Optional.empty();
    };
  }

  /** Finite. */
  static Optional<Double> number(Object value) {
    return switch (value) {
      case Number number -> Optional.of(number.doubleValue()).filter(Double::isFinite);
      case Spelled(String text)
          when text.matches("[+-]?(\\d{1,18}\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?") ->
          Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
      case null, default -> Optional.empty();
    };
  }

  static Optional<List<?>> list(Object value) {
    return value instanceof List<?> list ? Optional.of(list) : Optional.empty();
  }

  /** Of numbers only. */
  static Optional<List<Double>> numbers(Object value) {
    if (!(value instanceof List<?> list)) {
      return Optional.empty();
    }
    List<Double> numbers = new ArrayList<>();
    list.forEach(element -> number(element).ifPresent(numbers::add));
    return Optional.of(numbers).filter(all -> all.size() == list.size());
  }

  /** Of texts only, none of them blank; one that is spelled out is comma-separated. */
  static Optional<List<String>> texts(Object value) {
    List<String> texts = new ArrayList<>();
    switch (value) {
      case Spelled(String text) -> texts.addAll(List.of(text.split(",", -1)));
      case List<?> list -> list.forEach(item -> texts.add(text(item).orElse("")));
      case null, default -> texts.add("");
    }
    return texts.stream().anyMatch(String::isBlank)
        ? Optional.empty()
        : Optional.of(texts.stream().map(String::strip).toList());
  }
}
