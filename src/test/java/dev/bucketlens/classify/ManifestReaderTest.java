package dev.bucketlens.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.image.Aspect;
import dev.bucketlens.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name': 'a', | it is not JSON: line 1: Unexpected end-of-input",
        "`` | it is not JSON: line 1: No content",
        "{'name': 'a'}, 'version': '1'} | it is not JSON: line 1: Unexpected character (','",
        "{'name': 'a'} {} | it is not JSON: line 1: expected nothing more behind the object.",
        "{'name': 'a', 'name': 'b'} | it is not JSON: line 1: Duplicate key (key 'name').",
        "{'input': {'mean': [NaN]}} | it is not JSON: line 1: Non-standard token 'NaN'",
      })
  void read_shouldNameTheLine_whenItIsNoJson(String manifest, String problem) throws IOException {
    Path file = Files.writeString(folder.resolve("m.json"), manifest.replace('\'', '"'));

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> ManifestReader.readBeside(folder.resolve("m.tflite")))
        .withMessageStartingWith(file + ": ")
        .withMessageContaining(problem);
  }

  @Test
  void read_shouldNameEveryFieldThatIsWrong_whenThereAreSeveral() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("m.json"),
            """
            {"lables": ["a"], "colour": true, "name": 7, "labels": "none.txt",
             "input": {"reszie": "area", "width": "12", "aspect": "crop", "mean": "x", "std": [0], "range": [1, 1]},
             "output": {"type": "softmax", "threshold": 2}}
            """);

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> ManifestReader.readBeside(folder.resolve("m.tflite")))
        .withMessageStartingWith(file + ": unknown field \"lables\"; expected")
        .satisfies(e ->
            assertThat(e.getMessage())
                .contains(
                    "unknown field \"colour\"",
                    "name is 7",
                    folder.resolve("none.txt") + ": expected the labels",
                    "unknown field \"input.reszie\"",
                    "input.width is \"12\"",
                    "input.aspect is \"crop\"",
                    "input.mean is \"x\"",
                    "input.std is [0]",
                    "input.range is [1, 1]",
                    "output.type is \"softmax\"",
                    "output.threshold is 2")
                .containsOnlyOnce(file.toString()));
  }

  @Test
  void read_shouldForgiveAByteOrderMark() throws Exception {
    Files.writeString(folder.resolve("m.json"), "\uFEFF{\"name\": \"été\"}");

    assertThat(ManifestReader.readBeside(folder.resolve("m.tflite")).name()).contains("été");
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
}
