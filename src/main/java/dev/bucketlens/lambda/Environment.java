package dev.bucketlens.lambda;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Environment variables, read as the table {@link Setting} has them. One that is missing or wrong
 * fails the start with a sentence that names it, its value, and what was expected; an empty one
 * counts as not set.
 *
 * <p>Written without lambdas, because it runs at every start: the JVM writes a class for each.
 */
final class Environment {

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** What is written, if anything is. */
  Optional<String> given(Setting setting) {
    String value = variables.getOrDefault(setting.name(), "").strip();
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }

  /** What is written or, by the table, counts instead; empty if that says nothing either. */
  String text(Setting setting) {
    return given(setting).orElse(setting.fallback().value());
  }

  String required(Setting setting, String meaning) {
    Optional<String> value = given(setting);
    if (value.isEmpty()) {
      throw new SettingException(
          "Environment variable %s is not set; expected %s.".formatted(setting.told(), meaning));
    }
    return value.get();
  }

  /**
   * Fails if the variable is there without a value, where that is not the same as not being set.
   */
  void refuseEmpty(Setting setting, String expected) {
    if (variables.containsKey(setting.name()) && given(setting).isEmpty()) {
      throw wrong(setting, variables.get(setting.name()), expected, null);
    }
  }

  /** A comma-separated list, without empty entries. */
  Set<String> list(Setting setting) {
    Set<String> entries = new TreeSet<>();
    for (String entry : text(setting).split(",", -1)) {
      if (!entry.isBlank()) {
        entries.add(entry.strip());
      }
    }
    return entries;
  }

  /** A number with a default in the table, of the range of an int. */
  int integer(Setting setting) {
    return Math.toIntExact(number(setting));
  }

  /** A number with a default in the table. */
  long number(Setting setting) {
    return number(setting, Long.parseLong(setting.fallback().value()));
  }

  /** A number whose default is found. */
  long number(Setting setting, long fallback) {
    return number(setting, setting.type(), fallback);
  }

  /** A number with a default in the table, and here no more than {@code max}. */
  long numberUpTo(long max, Setting setting) {
    return number(
        setting,
        SettingType.number(setting.type().min(), max),
        Math.min(max, Long.parseLong(setting.fallback().value())));
  }

  private long number(Setting setting, SettingType type, long fallback) {
    Optional<String> value = given(setting);
    if (value.isEmpty()) {
      return fallback;
    }
    long number;
    try {
      number = Long.parseLong(value.get());
    } catch (NumberFormatException e) {
      throw wrong(setting, value.get(), type.expected(), e);
    }
    if (number < type.min() || number > type.max()) {
      throw wrong(setting, value.get(), type.expected(), null);
    }
    return number;
  }

  float share(Setting setting, float fallback) {
    Optional<String> value = given(setting);
    if (value.isEmpty()) {
      return fallback;
    }
    float share;
    try {
      share = Float.parseFloat(value.get());
    } catch (NumberFormatException e) {
      throw wrong(setting, e);
    }
    if (share >= 0 && share <= 1) {
      return share;
    }
    throw wrong(setting, null);
  }

  /** An absolute address of the web. */
  Optional<URI> address(Setting setting) {
    Optional<String> value = given(setting);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI address = new URI(value.get());
      if (address.getHost() != null && Set.of("http", "https").contains(address.getScheme())) {
        return Optional.of(address);
      }
    } catch (URISyntaxException e) {
      throw wrong(setting, e);
    }
    throw wrong(setting, null);
  }

  URI requiredAddress(Setting setting, String meaning) {
    required(setting, meaning);
    return address(setting).orElseThrow();
  }

  /** A file that can be read. */
  Optional<Path> file(Setting setting) {
    Optional<String> value = given(setting);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Path file = Path.of(value.get());
    if (!Files.isReadable(file)) {
      throw wrong(setting, value.get(), "a file that can be read", null);
    }
    return Optional.of(file);
  }

  boolean on(Setting setting) {
    return switch (text(setting).toLowerCase(Locale.ROOT)) {
      case "on", "true" -> true;
      case "off", "false" -> false;
      default -> throw wrong(setting, null);
    };
  }

  /** What to throw about a value that only the caller can judge. */
  SettingException unexpected(Setting setting, String expected) {
    return wrong(setting, text(setting), expected, null);
  }

  private SettingException wrong(Setting setting, Exception cause) {
    return wrong(setting, text(setting), setting.type().expected(), cause);
  }

  private static SettingException wrong(
      Setting setting, String value, String expected, Exception cause) {
    return new SettingException(
        "Environment variable %s is '%s'; expected %s.".formatted(setting.told(), value, expected),
        cause);
  }
}
