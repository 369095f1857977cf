package dev.bucketlens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a parameter of the template changes reaches what is called. */
class TemplateParametersTest {

  private static final JsonNode TEMPLATE = read();
  private static final Pattern IN_TEXT = Pattern.compile("\\$\\{([A-Za-z]+)}");

  /**
   * SAM's name of a version is a hash of the function's properties in which parameters are not yet
   * resolved, but for those inside a function of AWS::LanguageExtensions.
   */
  @ParameterizedTest
  @ValueSource(strings = {"UploadFunction", "ApiFunction", "EventsFunction"})
  void version_shouldBeNamedByEveryParameterThatItsFunctionReads(String function) {
    ObjectNode properties = TEMPLATE.at("/Resources/" + function + "/Properties").deepCopy();
    // Events are resources of their own.
    properties.remove("Events");
    // How a version takes over is no part of it.
    properties.remove("DeploymentPreference");
    JsonNode named =
        ((ObjectNode) properties.at("/Environment/Variables"))
            .remove("PARAMETERS")
            .elements()
            .next();
    Set<String> read = new TreeSet<>();
    addParameters(properties, read);
    ObjectNode globals = TEMPLATE.at("/Globals/Function").deepCopy();
    // A function's own value stands; variables come to those of all.
    names(properties).stream().filter(it -> !it.equals("Environment")).forEach(globals::remove);
    addParameters(globals, read);

    assertThat(names(named)).isEqualTo(read).allMatch(it -> named.get(it).asText().equals(it));
  }

  @Test
  void transforms_shouldResolveParametersBeforeVersionsAreNamed() {
    assertThat(TEMPLATE.get("Transform").valueStream().map(JsonNode::asText))
        .isEqualTo(List.of("AWS::LanguageExtensions", "AWS::Serverless-2016-10-31"));
  }

  @Test
  void parameters_shouldAllBeShownInAGroup() {
    Set<String> shown = new TreeSet<>();
    TEMPLATE
        .at("/Metadata/AWS::CloudFormation::Interface/ParameterGroups")
        .forEach(group -> group.get("Parameters").forEach(it -> shown.add(it.asText())));

    assertThat(shown).isEqualTo(names(TEMPLATE.get("Parameters")));
  }

  /** CloudFormation shows the sentence in the place of the pattern. */
  @Test
  void patterns_shouldAllBeToldInASentence() {
    assertThat(TEMPLATE.get("Parameters").valueStream().filter(it -> it.has("AllowedPattern")))
        .isNotEmpty()
        .allMatch(it -> it.has("ConstraintDescription"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          KeyPrefix  | photos/2026-11/ | true
          KeyPrefix  | my photos/      | false
          KeyPrefix  | year=2026/      | false
          KeyPrefix  | */private       | false
          KeyPrefix  | été/            | false
          KeySuffix  | .jpg            | true
          KeySuffix  | ?.jpg           | false
          CorsOrigin | https://a.example:8443 | true
          CorsOrigin | https://*       | false
          CorsOrigin | https://a.example/ | false
          MinScore   | 0.25            | true
          MinScore   | abc             | false
          MinScore   | 1.5             | false
          """)
  void value_shouldBeTakenOnlyAsFarAsAwsTakesItToTheLetter(
      String parameter, String value, boolean taken) {
    String pattern = TEMPLATE.at("/Parameters/" + parameter + "/AllowedPattern").asText();

    assertThat(value.matches(pattern)).isEqualTo(taken);
  }

  @Test
  void concurrency_shouldLeaveHalfOfANewAccountToTheApi() {
    assertThat(TEMPLATE.at("/Parameters/MaximumConcurrency/Default").asInt()).isEqualTo(5);
  }

  @Test
  void outputs_shouldNameBothFunctions() {
    assertThat(TEMPLATE.at("/Outputs/UploadFunctionArn/Value").asText())
        .isEqualTo("UploadFunction.Alias");
    assertThat(TEMPLATE.at("/Outputs/ApiFunctionArn/Value").asText())
        .isEqualTo("ApiFunction.Alias");
  }

  /** Directly, in the text of a substitution, or by way of a condition. */
  private static void addParameters(JsonNode node, Set<String> found) {
    if (!node.isTextual()) {
      node.forEach(child -> addParameters(child, found));
      return;
    }
    String text = node.asText();
    addReferred(text, found);
    IN_TEXT.matcher(text).results().forEach(it -> addReferred(it.group(1), found));
  }

  private static void addReferred(String name, Set<String> found) {
    if (TEMPLATE.get("Parameters").has(name)) {
      found.add(name);
    }
    if (TEMPLATE.get("Conditions").has(name)) {
      addParameters(TEMPLATE.get("Conditions").get(name), found);
    }
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    for (Iterator<String> it = object.fieldNames(); it.hasNext(); ) {
      names.add(it.next());
    }
    return names;
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Path.of("template.yaml").toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
