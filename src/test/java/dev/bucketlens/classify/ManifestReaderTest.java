package dev.bucketlens.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.image.Aspect;
import dev.bucketlens.testing.TestModels;
import dev.bucketlens.tflite.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'labls': []} | unknown field \"labls\"; expected one of name, version, labels, input,"
            + " output, license, source.",
        "{'input': {'size': 224}} | unknown field \"input.size\"; expected one of width, height,"
            + " resize,",
        "{'output': {'softmax': true}} | unknown field \"output.softmax\"; expected one of type,"
            + " threshold.",
        "{'name': 7} | name is 7; expected a text.",
        "{'input': 'rgb'} | input is rgb; expected a JSON object.",
        "{'input': {'width': 0}} | input.width is 0; expected a whole number from 1 to 8192.",
        "{'input': {'height': '224'}} | input.height is \"224\"; expected a whole number from 1 to"
            + " 8192.",
        "{'input': {'resize': 'cubic'}} | input.resize is \"cubic\"; expected one of area, bicubic,"
            + " bilinear, lanczos3, nearest, tf-bilinear.",
        "{'input': {'aspect': 'crop'}} | input.aspect is \"crop\"; expected \"stretch\","
            + " {\"centerCrop\": fraction} or",
        "{'input': {'aspect': {}}} | input.aspect is {}; expected \"stretch\"",
        "{'input': {'aspect': {'crop': 1}}} | unknown field \"input.aspect.crop\"; expected one of"
            + " centerCrop, letterbox.",
        "{'input': {'aspect': {'centerCrop': 1.5}}} | input.aspect.centerCrop is 1.5; expected a"
            + " number from",
        "{'input': {'aspect': {'letterbox': 'gray'}}} | input.aspect.letterbox is \"gray\";"
            + " expected a colour such as",
        "{'input': {'background': '#fff'}} | input.background is \"#fff\"; expected a colour such"
            + " as",
        "{'input': {'channelOrder': 'RGB'}} | input.channelOrder is \"RGB\"; expected one of bgr,"
            + " rgb.",
        "{'input': {'range': [0, 1, 2]}} | input.range is [0, 1, 2]; expected a list of 2 numbers.",
        "{'input': {'mean': [1, 2]}} | input.mean is [1, 2]; expected a list of 1 or 3 numbers.",
        "{'input': {'mean': 127.5}} | input.mean is 127.5; expected a list of 1 or 3 numbers.",
        "{'input': {'std': [0]}} | input.std is [0]; expected numbers above 0.",
        "{'output': {'type': 'softmax'}} | output.type is \"softmax\"; expected one of logits,"
            + " probabilities, sigmoid.",
        "{'output': {'threshold': 50}} | output.threshold is 50; expected a number from 0.0 to"
            + " 1.0.",
        "{'name': null} | name is null; expected a text.",
        "[] | is []; expected a JSON object.",
        "{'name': 'a', | is not JSON:",
      })
  void read_shouldNameTheField_whenItIsWrong(String manifest, String problem) throws IOException {
    Path file = Files.writeString(folder.resolve("m.json"), manifest.replace('\'', '"'));

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> ManifestReader.readBeside(folder.resolve("m.tflite")))
        .withMessageStartingWith(file + ": ")
        .withMessageContaining(problem);
  }

  @Test
  void read_shouldGiveAnEmptyManifest_whenThereIsNone() throws Exception {
    assertThat(ManifestReader.readBeside(folder.resolve("m.tflite")))
        .isEqualTo(Manifest.empty(folder.resolve("m.json")));
  }

  @Test
  void read_shouldTakeTheLetterboxColour() throws Exception {
    Files.writeString(
        folder.resolve("m.json"), "{\"input\": {\"aspect\": {\"letterbox\": \"#708090\"}}}");

    assertThat(ManifestReader.readBeside(folder.resolve("m.tflite")).input().aspect())
        .contains(new Aspect.Letterbox(0x708090));
  }

  @ParameterizedTest
  @CsvSource({"efficientnet-lite0", "efficientnet-lite0-float32"})
  void read_shouldAcceptTheShippedManifests(String name) throws Exception {
    assertThat(ModelBundle.open(TestModels.shipped(name)).labels()).hasSize(1000);
  }

  /** The JSON Schema is for editors and pipelines; it must promise what the reader keeps. */
  @Test
  void schema_shouldNameTheSameFieldsAndChoices() throws Exception {
    Map<String, Object> schema =
        JSON.std.mapFrom(Files.readString(Path.of("model/manifest.schema.json")));

    assertFields(schema, ManifestReader.FIELDS);
    assertFields(at(schema, "properties", "input"), ManifestReader.INPUT_FIELDS);
    assertFields(at(schema, "properties", "output"), ManifestReader.OUTPUT_FIELDS);
    assertChoices(
        at(schema, "properties", "input", "properties", "resize"), ManifestReader.FILTERS.keySet());
    assertChoices(
        at(schema, "properties", "input", "properties", "channelOrder"),
        ManifestReader.ORDERS.keySet());
    assertChoices(
        at(schema, "properties", "output", "properties", "type"),
        ManifestReader.OUTPUT_TYPES.keySet());
  }

  private static void assertFields(Map<?, ?> object, List<String> fields) {
    assertThat(at(object, "properties").keySet())
        .map(String::valueOf)
        .containsExactlyInAnyOrderElementsOf(fields);
    assertThat(object.get("additionalProperties")).isEqualTo(false);
  }

  private static void assertChoices(Map<?, ?> field, Collection<String> choices) {
    assertThat((List<?>) field.get("enum")).map(String::valueOf).hasSameElementsAs(choices);
  }

  private static Map<?, ?> at(Map<?, ?> object, String... path) {
    Map<?, ?> found = object;
    for (String name : path) {
      found = (Map<?, ?>) found.get(name);
    }
    return found;
  }
}
