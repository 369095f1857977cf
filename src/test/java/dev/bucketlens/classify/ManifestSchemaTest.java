package dev.bucketlens.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The JSON Schema is what editors and pipelines check a manifest by; it must promise what the
 * program keeps, and refuse what the program refuses.
 */
class ManifestSchemaTest {

  @TempDir private Path temporary;

  private BundleFolder folder;
  private ManifestSchema schema;

  @BeforeEach
  void readSchema() throws Exception {
    folder = new BundleFolder(temporary);
    schema = ManifestSchema.read();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "/manifests/broken.csv", delimiter = '|')
  void manifest_shouldBeRefusedByBoth_whenItIsBroken(String manifest, String problem)
      throws Exception {
    Path model = folder.model("float", manifest.replace('\'', '"'));

    assertThat(schema.problems(manifest.replace('\'', '"'))).isNotEmpty();
    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> ModelBundle.open(model))
        .withMessageStartingWith(temporary.resolve("float.json") + ": ")
        .withMessageContaining(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"efficientnet-lite0", "efficientnet-lite0-float32", "clothing"})
  void manifest_shouldBeAcceptedByBoth_whenItShips(String name) throws Exception {
    Path model = TestModels.shipped(name);
    String manifest = Files.readString(model.resolveSibling(name + ".json"));

    assertThat(schema.problems(manifest)).isEmpty();
    assertThat(ModelBundle.open(model).labels()).isNotEmpty();
  }

  /** Each on top of the metadata, so that a manifest may say just one thing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'name': 'été', 'version': '', 'license': 'CC0-1.0', 'source': 'nowhere'}",
        "{'labels': ['rosso', 'verde', 'b l u']}",
        "{'labels': 'names.txt'}",
        "{'input': {}, 'output': {}}",
        "{'input': {'width': 8, 'height': 6.0}}",
        "{'input': {'resize': 'nearest', 'aspect': 'stretch'}}",
        "{'input': {'resize': 'bilinear', 'aspect': {'centerCrop': 1}}}",
        "{'input': {'resize': 'bicubic', 'aspect': {'centerCrop': 0.875}}}",
        "{'input': {'resize': 'area', 'aspect': {'letterbox': '#0aF5c9'}}}",
        "{'input': {'resize': 'lanczos3', 'channelOrder': 'bgr', 'background': '#000000'}}",
        "{'input': {'resize': 'tf-bilinear', 'channelOrder': 'rgb'}}",
        "{'input': {'range': [1, -1]}}",
        "{'input': {'mean': [127.5], 'std': [1e-3]}}",
        "{'input': {'mean': [-1, 0, 1e2], 'std': [0.2, 3, 255]}}",
        "{'output': {'type': 'probabilities', 'threshold': 0}}",
        "{'input': {'raw': true, 'layout': 'nhwc'}}",
        "{'input': {'raw': false, 'range': [0, 1]}}",
        "{'output': {'index': 0, 'threshold': 1}}",
        "{'output': {'name': 'output_0', 'threshold': 0.5}}",
      })
  void manifest_shouldBeAcceptedByBoth_whenItIsGood(String manifest) throws Exception {
    folder.write("names.txt", "r\ng\nb\n");
    Path model = folder.model("metadata", manifest.replace('\'', '"'));

    assertThat(schema.problems(manifest.replace('\'', '"'))).isEmpty();
    assertThat(ModelBundle.open(model).labels()).hasSize(3);
  }

  /** These say of a model without a softmax what its outputs are. */
  @ParameterizedTest
  @ValueSource(strings = {"logits", "sigmoid"})
  void output_shouldBeAcceptedByBoth_whateverItCanBe(String type) throws Exception {
    String manifest = BundleFolder.MANIFEST.replace("probabilities", type);
    Path model = folder.model("logits", manifest);

    assertThat(schema.problems(manifest)).isEmpty();
    assertThat(ModelBundle.open(model).output().type().text()).isEqualTo(type);
  }

  /** The schema sees neither the model nor other files. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'labels': ['r', 'g']} | expected 3 labels",
        "{'labels': 'none.txt'} | found no file that can be read",
        "{'labels': 'a\\u0000b'} | expected a list of texts, or the name of a file",
        "{'output': {'index': 1}} | output.index is 1; the model's outputs are 0 \"output_0\"",
        "{'output': {'type': 'logits'}} | the last operator of the model is SOFTMAX already",
        "{'input': {'layout': 'nchw'}} | input.layout is \"nchw\"; expected \"nhwc\"",
        "{'input': {'width': 9}} | input.width is 9; expected 8, the size of the model's input.",
      })
  void manifest_shouldBeRefusedByTheProgramAlone_whenTheSchemaCannotSeeWhy(
      String manifest, String problem) throws Exception {
    Path model = folder.model("metadata", manifest.replace('\'', '"'));

    assertThat(schema.problems(manifest.replace('\'', '"'))).isEmpty();
    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> ModelBundle.open(model))
        .withMessageContaining(problem);
  }
}
