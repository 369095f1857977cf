package dev.bucketlens.lambda;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Environment variables, read with types. A variable that is missing or wrong fails the start with
 * a sentence that names it, its value, and what was expected; an empty one counts as not set.
 */
final class Environment {

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(s -> !s.isEmpty());
  }

  String requiredText(String name, String meaning) {
    return text(name)
        .orElseThrow(
            () ->
                new ConfigException(
                    "Environment variable %s is not set; expected %s."
                        .formatted(TemplateParameters.name(name), meaning)));
  }

  /**
   * Fails if the variable is there without a value, where that is not the same as not being set.
   */
  void refuseEmpty(String name, String expected) {
    if (variables.containsKey(name) && text(name).isEmpty()) {
      throw wrong(name, variables.get(name), expected);
    }
  }

  /** A comma-separated list, without empty entries. */
  Set<String> list(String name) {
    Set<String> entries = new TreeSet<>();
    for (String entry : text(name).map(s -> List.of(s.split(",", -1))).orElse(List.of())) {
      if (!entry.isBlank()) {
        entries.add(entry.strip());
      }
    }
    return entries;
  }

  int integer(String name, int fallback, int min, int max) {
    return (int) bigInteger(name, fallback, min, max);
  }

  long bigInteger(String name, long fallback, long min, long max) {
    return parsed(
        name,
        fallback,
        Long::valueOf,
        n -> n >= min && n <= max,
        "a whole number from %d to %d".formatted(min, max));
  }

  float share(String name, float fallback) {
    return parsed(name, fallback, Float::valueOf, n -> n >= 0 && n <= 1, "a number from 0 to 1");
  }

  /** An absolute address of the web. */
  Optional<URI> url(String name) {
    return text(name).map(value -> url(name, value));
  }

  private static URI url(String name, String value) {
    String expected = "an address such as https://photos.example.com";
    try {
      URI url = new URI(value);
      if (url.getHost() != null && Set.of("http", "https").contains(url.getScheme())) {
        return url;
      }
    } catch (URISyntaxException e) {
      throw new ConfigException(message(name, value, expected), e);
    }
    throw wrong(name, value, expected);
  }

  boolean on(String name, boolean fallback) {
    return text(name)
        .map(
            value ->
                switch (value.toLowerCase(Locale.ROOT)) {
                  case "on", "true" -> true;
                  case "off", "false" -> false;
                  default -> throw wrong(name, value, "on or off");
                })
        .orElse(fallback);
  }

  /** What to throw about a value that only the caller can judge. */
  ConfigException wrong(String name, String expected) {
    return wrong(name, variables.getOrDefault(name, ""), expected);
  }

  private <T> T parsed(
      String name, T fallback, Function<String, T> parse, Predicate<T> valid, String expected) {
    Optional<String> given = text(name);
    if (given.isEmpty()) {
      return fallback;
    }
    try {
      T value = parse.apply(given.get());
      if (valid.test(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new ConfigException(message(name, given.get(), expected), e);
    }
    throw wrong(name, given.get(), expected);
  }

  private static ConfigException wrong(String name, String value, String expected) {
    return new ConfigException(message(name, value, expected));
  }

  private static String message(String name, String value, String expected) {
    return "Environment variable %s is '%s'; expected %s."
        .formatted(TemplateParameters.name(name), value, expected);
  }
}
