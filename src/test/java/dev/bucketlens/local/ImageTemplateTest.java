package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImageTemplateTest {

  @Test
  void file_shouldBeWhatTheTemplateGives() throws IOException {
    assertThat(ImageTemplate.TARGET)
        .as("made by mvn -Pimage-template")
        .content()
        .isEqualTo(ImageTemplate.of(Files.readString(ImageTemplate.SOURCE)));
  }

  @Test
  void of_shouldChangeTheFunctionsOnly() throws IOException {
    JsonNode zip = read(ImageTemplate.SOURCE).get("Resources");
    JsonNode image = read(ImageTemplate.TARGET).get("Resources");

    assertThat(image.propertyStream().map(it -> it.getKey()).toList())
        .isEqualTo(zip.propertyStream().map(it -> it.getKey()).toList());
    image
        .propertyStream()
        .filter(it -> !it.getKey().endsWith("Function"))
        .forEach(it -> assertThat(it.getValue()).isEqualTo(zip.get(it.getKey())));
    for (String function : List.of("UploadFunction", "ApiFunction", "EventsFunction")) {
      JsonNode properties = image.get(function).get("Properties");
      assertThat(properties.get("PackageType").asText()).isEqualTo("Image");
      assertThat(properties.has("Handler")).isFalse();
      assertThat(properties.get("Role")).isEqualTo(zip.at("/" + function + "/Properties/Role"));
    }
  }

  @Test
  void of_shouldNameTheCommandsThatTheDockerfileMakes() throws IOException {
    String commands = Files.readString(Path.of("src/container/build"));

    assertThat(Stream.of("make_cache upload", "make_cache api", "write_options events"))
        .allSatisfy(command -> {
          String name = command.substring(command.indexOf(' ') + 1);
          assertThat(commands).contains(command + " ");
          assertThat(Files.readString(ImageTemplate.TARGET))
              .contains("@/function/" + name + ".options");
        });
  }

  @Test
  void of_shouldLeaveNoTraceOfSnapStart() throws IOException {
    assertThat(ImageTemplate.TARGET).content().doesNotContain("SnapStart", "Runtime:");
  }

  @Test
  void of_shouldSayWhatIsMissing_whenTheTemplateIsAnother() {
    assertThatThrownBy(() -> ImageTemplate.of("Resources: {}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("template.yaml has nothing like");
  }

  private static JsonNode read(Path file) throws IOException {
    return new YAMLMapper().readTree(file.toFile());
  }
}
