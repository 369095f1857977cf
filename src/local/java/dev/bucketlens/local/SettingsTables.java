package dev.bucketlens.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bucketlens.lambda.Setting;
import dev.bucketlens.lambda.SettingDefault;
import dev.bucketlens.lambda.SettingType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * README's two tables of settings: the template's parameters, in its order, and the variables that
 * no parameter sets. The sentences are those of {@link Setting}; of a parameter that sets no
 * variable, the template's own.
 */
final class SettingsTables {
  static final Path README = Path.of("README.md");

  private static final String PARAMETERS =
      """
      | parameter | default | values | variable | meaning |
      | --- | --- | --- | --- | --- |
      """;

  private static final String VARIABLES =
      """
      | variable | default | values | meaning |
      | --- | --- | --- | --- |
      """;

  private SettingsTables() {}

  /**
   * Returns {@code readme} with its tables written anew, each between its two marks.
   *
   * @throws IllegalArgumentException if a mark is missing
   */
  static String in(String readme) throws IOException {
    JsonNode template = new YAMLMapper().readTree(ImageTemplate.SOURCE.toFile());
    String parameters =
        template
            .get("Parameters")
            .propertyStream()
            .map(SettingsTables::row)
            .collect(Collectors.joining("", PARAMETERS, ""));
    String variables =
        Stream.of(Setting.values())
            .filter(setting -> setting.parameter().isEmpty())
            .map(SettingsTables::row)
            .collect(Collectors.joining("", VARIABLES, ""));
    return between(between(readme, "parameters", parameters), "variables", variables);
  }

  /** The setting that {@code parameter} sets, if it sets one. */
  static Optional<Setting> of(String parameter) {
    return Arrays.stream(Setting.values())
        .filter(setting -> setting.parameter().equals(parameter))
        .findFirst();
  }

  private static String row(Map.Entry<String, JsonNode> parameter) {
    JsonNode said = parameter.getValue();
    return of(parameter.getKey())
        .map(setting ->
            row(
                code(setting.parameter()),
                cell(setting.fallback()),
                cell(setting.type()),
                code(setting.name()),
                setting.sentence()))
        .orElseGet(() ->
            row(
                code(parameter.getKey()),
                code(said.path("Default").asText()),
                values(said),
                "",
                said.path("Description").asText()));
  }

  private static String row(Setting setting) {
    return row(
        code(setting.name()), cell(setting.fallback()), cell(setting.type()), setting.sentence());
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells).replace("|  |", "| |").replace("|  |", "| |") + " |\n";
  }

  private static String cell(SettingDefault fallback) {
    return fallback.words() + code(fallback.value());
  }

  private static String cell(SettingType type) {
    return switch (type.form()) {
      case TEXT -> "";
      case LIST -> "a list";
      case SWITCH -> "`on`, `off`";
      case SHARE -> "0 to 1";
      case ADDRESS -> "an address";
      case NUMBER -> range(type.min(), type.max());
    };
  }

  private static String values(JsonNode parameter) {
    if (parameter.has("AllowedValues")) {
      return parameter
          .get("AllowedValues")
          .valueStream()
          .map(value -> code(value.asText()))
          .collect(Collectors.joining(", "));
    }
    return parameter.has("MinValue")
        ? range(
            parameter.get("MinValue").asLong(),
            parameter.path("MaxValue").asLong(Integer.MAX_VALUE))
        : "";
  }

  private static String range(long min, long max) {
    return max == Integer.MAX_VALUE
        ? "%,d or more".formatted(min)
        : "%,d to %,d".formatted(min, max);
  }

  private static String code(String value) {
    return value.isEmpty() ? "" : "`" + value + "`";
  }

  private static String between(String readme, String name, String table) {
    String first = "<!-- %s: written by mvn -Pimage-template -->\n".formatted(name);
    String last = "<!-- end of %s -->".formatted(name);
    int start = readme.indexOf(first);
    int end = readme.indexOf(last);
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(
          "%s has no lines '%s' and '%s'; its table of %s goes between them"
              .formatted(README, first.strip(), last, name));
    }
    return readme.substring(0, start + first.length()) + table + readme.substring(end);
  }
}
