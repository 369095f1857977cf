package dev.bucketlens.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bucketlens.classify.ClassifierSettings;
import dev.bucketlens.fetch.DestinationLimits;
import dev.bucketlens.fetch.FetchLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The template says of each setting what the table says. */
class SettingTest {

  private static final JsonNode TEMPLATE = read();
  private static final Pattern NAME = Pattern.compile("[A-Za-z]+");

  /** The JVM's, the system's loader's, and what tells SAM when to publish a version. */
  private static final Set<String> NOT_OURS =
      Set.of("JAVA_TOOL_OPTIONS", "LD_PRELOAD", "PARAMETERS");

  private static Stream<Setting> withParameter() {
    return Arrays.stream(Setting.values()).filter(setting -> !setting.parameter().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("withParameter")
  void parameter_shouldBeAsTheTableHasIt(Setting setting) {
    JsonNode parameter = TEMPLATE.get("Parameters").path(setting.parameter());

    assertThat(parameter.path("Default").asText()).isEqualTo(setting.fallback().value());
    assertThat(parameter.path("Description").asText()).isEqualTo(setting.sentence());
    switch (setting.type().form()) {
      case NUMBER -> {
        assertThat(parameter.path("MinValue").asLong()).isEqualTo(setting.type().min());
        assertThat(parameter.path("MaxValue").asLong()).isEqualTo(setting.type().max());
      }
      case SWITCH ->
          assertThat(parameter.path("AllowedValues").valueStream().map(JsonNode::asText))
              .isEqualTo(List.of("on", "off"));
      default -> assertThat(parameter.path("Type").asText()).isEqualTo("String");
    }
  }

  @Test
  void variables_shouldBeSetByTheParametersThatTheTableNames() {
    Map<Setting, String> table = new TreeMap<>();
    withParameter().forEach(setting -> table.put(setting, setting.parameter()));
    Map<Setting, String> template = new TreeMap<>();
    variables().forEach(it -> addParameter(it, template));
    // Under the prefix that is scored; what is set is more than the parameter.
    assertThat(template.remove(Setting.UPLOAD_PREFIX)).isEqualTo("KeyPrefix");

    assertThat(template).isEqualTo(table);
  }

  @Test
  void variables_shouldAllBeInTheTable() {
    assertThat(variables().map(Map.Entry::getKey).filter(it -> !NOT_OURS.contains(it)))
        .isSubsetOf(Arrays.stream(Setting.values()).map(Setting::name).toList());
  }

  @Test
  void defaults_shouldBeThoseOfTheRoomsThatTheySet() {
    Map<String, String> needed =
        Map.of(
            "BUCKET", "photos",
            "TABLE", "results",
            "AWS_REGION", "eu-central-1",
            "API_ACCESS", "public");
    Settings settings = Settings.from(needed);
    ApiFunctionSettings api = ApiFunctionSettings.from(needed, settings);

    assertThat(settings.classifier().limits()).isEqualTo(ClassifierSettings.defaults().limits());
    assertThat(settings.classifier().threads()).isEqualTo(ClassifierSettings.defaults().threads());
    assertThat(api.fetch().limits()).isEqualTo(FetchLimits.defaults());
    assertThat(api.fetch().destinations()).isEqualTo(DestinationLimits.publicWeb());
    assertThat(api.api().defaultResults()).isEqualTo(5);
  }

  @Test
  void sentences_shouldStandInATable() {
    assertThat(EnumSet.allOf(Setting.class))
        .allSatisfy(
            setting -> assertThat(setting.sentence()).endsWith(".").doesNotContain("|", "\n"));
  }

  @Test
  void told_shouldNameTheParameterToo_whenOneSetsIt() {
    assertThat(Setting.MODEL.told()).isEqualTo("MODEL (template parameter Model)");
    assertThat(Setting.FETCH_PORTS.told()).isEqualTo("FETCH_PORTS");
  }

  private static Stream<Map.Entry<String, JsonNode>> variables() {
    return Stream.of(
            "/Globals/Function/Environment/Variables",
            "/Resources/UploadFunction/Properties/Environment/Variables",
            "/Resources/ApiFunction/Properties/Environment/Variables")
        .flatMap(path -> TEMPLATE.at(path).propertyStream());
  }

  private static void addParameter(
      Map.Entry<String, JsonNode> variable, Map<Setting, String> found) {
    if (!NOT_OURS.contains(variable.getKey())) {
      String parameters =
          NAME.matcher(variable.getValue().toString())
              .results()
              .map(name -> name.group())
              .filter(TEMPLATE.get("Parameters")::has)
              .collect(Collectors.joining(","));
      if (!parameters.isEmpty()) {
        found.put(Setting.valueOf(variable.getKey()), parameters);
      }
    }
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Path.of("template.yaml").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
