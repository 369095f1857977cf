package dev.bucketlens.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/**
 * One JSON object that knows where it is, read strictly: a field that is there must be of its kind
 * and in its range, and a null is of no kind. Names that mean nothing are refused where a room says
 * which it knows; a misspelt option must not pass for its default. Only what AWS writes may hold
 * more than is asked for, and blanks for what is missing ({@link #withoutBlanks}).
 *
 * @param <X> what is thrown where a field is wrong
 */
public final class JsonObject<X extends Exception> {
  /** What {@link #share} expects, in words. */
  public static final String SHARE = "a number from 0 to 1";

  private final String prefix;
  private final Map<String, Object> values;
  private final FieldErrors<X> errors;

  private JsonObject(String prefix, Map<String, Object> values, FieldErrors<X> errors) {
    this.prefix = prefix;
    this.values = values;
    this.errors = errors;
  }

  /** The object at the top. */
  public static <X extends Exception> JsonObject<X> of(Map<?, ?> values, FieldErrors<X> errors) {
    return new JsonObject<>("", Trees.named(values), errors);
  }

  /** Texts as they come in a query: numbers are read from text, lists are comma-separated. */
  public static <X extends Exception> JsonObject<X> ofTexts(
      Map<String, String> texts, FieldErrors<X> errors) {
    Map<String, Object> spelled = new LinkedHashMap<>();
    texts.forEach((name, text) -> spelled.put(name, new Kinds.Spelled(text)));
    return new JsonObject<>("", spelled, errors);
  }

  /** The same object without the fields that are null or an empty text, here and below. */
  public JsonObject<X> withoutBlanks() {
    return new JsonObject<>(prefix, Trees.withoutBlanks(values), errors);
  }

  /** These fields and those of {@code others} that these lack. */
  public JsonObject<X> orElse(JsonObject<X> others) {
    Map<String, Object> both = new LinkedHashMap<>(others.values);
    both.putAll(values);
    return new JsonObject<>(prefix, both, errors);
  }

  /** Refuses all names but these. */
  public JsonObject<X> allowOnly(Collection<String> known) throws X {
    List<X> unknown = unknown(known);
    if (!unknown.isEmpty()) {
      throw unknown.getFirst();
    }
    return this;
  }

  /** What to throw about each name that is none of these. */
  public List<X> unknown(Collection<String> known) {
    return values.keySet().stream()
        .filter(name -> !known.contains(name))
        .map(name -> errors.unknown(prefix + name, known))
        .toList();
  }

  /** Whether the field is there. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** The names that are there, in their order. */
  public Collection<String> names() {
    return values.keySet();
  }

  /** The value of whatever kind. */
  public Optional<Object> any(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** What to throw about a field, for what only the caller can judge. */
  public X wrong(String name, String expected) {
    return errors.wrong(prefix + name, values.get(name), expected);
  }

  /** An object that must be there. */
  public JsonObject<X> requiredObject(String name) throws X {
    return within(name, values.get(name));
  }

  /** A text that must be there. */
  public String requiredText(String name) throws X {
    return required(name, Kinds.text(values.get(name)), "a text");
  }

  /** An object within. */
  public Optional<JsonObject<X>> object(String name) throws X {
    return has(name) ? Optional.of(requiredObject(name)) : Optional.empty();
  }

  /** The list of objects, empty if it is missing. */
  public List<JsonObject<X>> objects(String name) throws X {
    List<JsonObject<X>> objects = new ArrayList<>();
    for (Object entry : read(name, Kinds::list, "a list").orElse(List.of())) {
      objects.add(within(name + "[]", entry));
    }
    return objects;
  }

  private JsonObject<X> within(String name, Object value) throws X {
    if (value instanceof Map<?, ?> map) {
      return new JsonObject<>(prefix + name + ".", Trees.named(map), errors);
    }
    throw errors.wrong(prefix + name, value, "a JSON object");
  }

  /** A text. */
  public Optional<String> text(String name) throws X {
    return read(name, Kinds::text, "a text");
  }

  /** One of some texts, and what it stands for. */
  public <T> Optional<T> choice(String name, Map<String, T> choices) throws X {
    String known = String.join(", ", choices.keySet().stream().sorted().toList());
    return read(
        name,
        value -> Kinds.text(value).flatMap(text -> Optional.ofNullable(choices.get(text))),
        "one of " + known);
  }

  /** A list of texts that are not blank, without the space around them; empty if missing. */
  public List<String> texts(String name) throws X {
    return read(name, Kinds::texts, "a list of texts").orElse(List.of());
  }

  /** True or false. */
  public Optional<Boolean> flag(String name) throws X {
    return read(name, Kinds::flag, "true or false");
  }

  /** A whole number; JSON has one kind of number, so that 224.0 is one too. */
  public Optional<Integer> integer(String name, int least, int most) throws X {
    String expected =
        most == Integer.MAX_VALUE
            ? "a whole number of " + least + " or more"
            : "a whole number from " + least + " to " + most;
    return number(name, n -> n >= least && n <= most && n == Math.rint(n), expected)
        .map(Double::intValue);
  }

  /**
   * A number.
   *
   * @param expected the range in words
   */
  public Optional<Double> number(String name, DoublePredicate inRange, String expected) throws X {
    return read(name, value -> Kinds.number(value).filter(inRange::test), expected);
  }

  /** A number from 0 to 1. */
  public Optional<Double> share(String name) throws X {
    return number(name, value -> value >= 0 && value <= 1, SHARE);
  }

  /** A list of so many numbers. */
  public Optional<List<Double>> numbers(String name, List<Integer> lengths) throws X {
    String counts = String.join(" or ", lengths.stream().map(String::valueOf).toList());
    return read(
        name,
        value -> Kinds.numbers(value).filter(list -> lengths.contains(list.size())),
        "a list of " + counts + " numbers");
  }

  private <T> Optional<T> read(String name, Function<Object, Optional<T>> kind, String expected)
      throws X {
    return has(name)
        ? Optional.of(required(name, kind.apply(values.get(name)), expected))
        : Optional.empty();
  }

  private <T> T required(String name, Optional<T> value, String expected) throws X {
    if (value.isEmpty()) {
      throw wrong(name, expected);
    }
    return value.get();
  }
}
