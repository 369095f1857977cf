package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;

/**
 * The fields of one JSON object, read strictly: a field that is not known, or not of its type, is
 * an error that names it. A misspelt setting must not pass for one that was left out.
 */
final class ManifestFields {

  private final Path file;
  private final String prefix;
  private final Map<?, ?> values;

  private ManifestFields(Path file, String prefix, Map<?, ?> values) {
    this.file = file;
    this.prefix = prefix;
    this.values = values;
  }

  /**
   * @param path where the object is in the manifest, such as {@code input}; empty for all of it
   * @param known the names that the object may have
   * @throws ModelLoadException if {@code value} is no object, or has another field
   */
  static ManifestFields of(Path file, String path, Object value, List<String> known)
      throws ModelLoadException {
    if (!(value instanceof Map<?, ?> object)) {
      String what = path.isEmpty() ? "the manifest" : path;
      throw new ModelLoadException(
          file, "%s is %s; expected a JSON object.".formatted(what, value));
    }
    String prefix = path.isEmpty() ? "" : path + ".";
    for (Object name : object.keySet()) {
      if (!known.contains(name)) {
        throw new ModelLoadException(
            file,
            "unknown field \"%s%s\"; expected one of %s."
                .formatted(prefix, name, String.join(", ", known)));
      }
    }
    return new ManifestFields(file, prefix, object);
  }

  Optional<Object> any(String name) {
    return Optional.ofNullable(values.get(name));
  }

  Optional<ManifestFields> object(String name, List<String> known) throws ModelLoadException {
    return has(name)
        ? Optional.of(of(file, prefix + name, values.get(name), known))
        : Optional.empty();
  }

  Optional<String> text(String name) throws ModelLoadException {
    if (!has(name)) {
      return Optional.empty();
    }
    if (values.get(name) instanceof String text) {
      return Optional.of(text);
    }
    throw wrong(name, "a text");
  }

  Optional<Integer> wholeNumber(String name, int smallest, int largest) throws ModelLoadException {
    if (!has(name)) {
      return Optional.empty();
    }
    // JSON has one kind of number: 224.0 is a whole one.
    if (values.get(name) instanceof Number number
        && number.doubleValue() >= smallest
        && number.doubleValue() <= largest
        && number.doubleValue() == Math.rint(number.doubleValue())) {
      return Optional.of(number.intValue());
    }
    throw wrong(name, "a whole number from %d to %d".formatted(smallest, largest));
  }

  /**
   * @param expected the range in words, for the message
   */
  Optional<Double> number(String name, DoublePredicate inRange, String expected)
      throws ModelLoadException {
    if (!has(name)) {
      return Optional.empty();
    }
    if (values.get(name) instanceof Number number && inRange.test(number.doubleValue())) {
      return Optional.of(number.doubleValue());
    }
    throw wrong(name, expected);
  }

  Optional<List<Double>> numbers(String name, List<Integer> lengths) throws ModelLoadException {
    if (!has(name)) {
      return Optional.empty();
    }
    List<Double> numbers = new ArrayList<>();
    if (values.get(name) instanceof List<?> list) {
      for (Object element : list) {
        if (element instanceof Number number && Double.isFinite(number.doubleValue())) {
          numbers.add(number.doubleValue());
        }
      }
      if (numbers.size() == list.size() && lengths.contains(numbers.size())) {
        return Optional.of(numbers);
      }
    }
    String counts = String.join(" or ", lengths.stream().map(String::valueOf).toList());
    throw wrong(name, "a list of %s numbers".formatted(counts));
  }

  <T> Optional<T> choice(String name, Map<String, T> choices) throws ModelLoadException {
    if (!has(name)) {
      return Optional.empty();
    }
    T chosen = values.get(name) instanceof String text ? choices.get(text) : null;
    if (chosen == null) {
      throw wrong(name, "one of " + String.join(", ", choices.keySet().stream().sorted().toList()));
    }
    return Optional.of(chosen);
  }

  /** A colour as {@code #rrggbb}; the result is 0xRRGGBB. */
  Optional<Integer> colour(String name) throws ModelLoadException {
    if (!has(name)) {
      return Optional.empty();
    }
    if (values.get(name) instanceof String text && text.matches("#[0-9a-fA-F]{6}")) {
      return Optional.of(Integer.parseInt(text.substring(1), 16));
    }
    throw wrong(name, "a colour such as \"#808080\"");
  }

  /** Returns the failure of a field whose value is not what it should be. */
  ModelLoadException wrong(String name, String expected) {
    return wrong(name, expected, null);
  }

  /** As {@link #wrong(String, String)}, with what revealed it. */
  ModelLoadException wrong(String name, String expected, Exception cause) {
    Object found = values.get(name);
    String shown = found instanceof String ? "\"" + found + "\"" : String.valueOf(found);
    return new ModelLoadException(
        file, "%s%s is %s; expected %s.".formatted(prefix, name, shown, expected), cause);
  }

  private boolean has(String name) {
    return values.containsKey(name);
  }
}
