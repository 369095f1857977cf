package dev.bucketlens.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TemplateParametersTest {

  private static final Pattern NAME = Pattern.compile("[A-Za-z]+");

  @Test
  void name_shouldNameTheParameterThatSetsTheVariable() throws IOException {
    JsonNode template = new YAMLMapper().readTree(Path.of("template.yaml").toFile());
    Map<String, String> set = new TreeMap<>();
    for (String variables :
        new String[] {
          "/Globals/Function/Environment/Variables",
          "/Resources/ApiFunction/Properties/Environment/Variables"
        }) {
      template.at(variables).propertyStream().forEach(it -> addParameter(template, it, set));
    }

    assertThat(TemplateParameters.BY_VARIABLE).containsExactlyInAnyOrderEntriesOf(set);
  }

  @Test
  void name_shouldBeTheVariableAlone_whenNoParameterSetsIt() {
    assertThat(TemplateParameters.name("FETCH_PORTS")).isEqualTo("FETCH_PORTS");
  }

  private static void addParameter(
      JsonNode template, Map.Entry<String, JsonNode> variable, Map<String, String> set) {
    Matcher names = NAME.matcher(variable.getValue().toString());
    while (!variable.getKey().equals("PARAMETERS") && names.find()) {
      if (template.get("Parameters").has(names.group())) {
        set.put(variable.getKey(), names.group());
      }
    }
  }
}
