package dev.bucketlens.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.image.Aspect;
import dev.bucketlens.image.ResizeFilter;
import dev.bucketlens.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelBundleTest {

  private static final String NORMALIZED =
      "\"resize\": \"area\", \"aspect\": \"stretch\", \"range\": [0, 1]";

  /** Of the tiny colour models. */
  private static final InputLayout LAYOUT =
      new InputLayout(8, 6, 3, ChannelPlace.NHWC, List.of(1, 6, 8, 3));

  @TempDir private Path temporary;

  private BundleFolder folder;

  @BeforeEach
  void useFolder() {
    folder = new BundleFolder(temporary);
  }

  @Test
  void open_shouldTakeEverythingFromTheManifest_whenItSaysEverything() throws Exception {
    ModelBundle bundle =
        ModelBundle.open(
            folder.model(
                "logits",
                """
                {"name": "colours", "version": "2.0.0", "labels": ["rosso", "verde", "blu"],
                 "input": {"width": 8, "height": 6, "resize": "lanczos3", "aspect": {"centerCrop": 0.875},
                           "channelOrder": "bgr", "background": "#102030", "range": [-1, 1],
                           "mean": [0.1, 0.2, 0.3], "std": [0.5]},
                 "output": {"type": "logits", "threshold": 0.25},
                 "license": "CC0-1.0", "source": "nowhere"}
                """));

    assertThat(bundle.name()).isEqualTo("colours");
    assertThat(bundle.version()).isEqualTo("2.0.0");
    assertThat(bundle.labels()).containsExactly("rosso", "verde", "blu");
    assertThat(bundle.license()).contains("CC0-1.0");
    assertThat(bundle.source()).contains("nowhere");
    assertThat(bundle.input())
        .isEqualTo(
            new InputSpec(
                LAYOUT,
                ResizeFilter.LANCZOS3,
                new Aspect.CenterCrop(0.875),
                0x102030,
                ChannelOrder.BGR,
                Optional.of(new Normalization(-1, 1, List.of(0.1, 0.2, 0.3), List.of(0.5)))));
    assertThat(bundle.output())
        .isEqualTo(new OutputSpec(0, OutputType.LOGITS, 0.25f, Optional.empty()));
  }

  @Test
  void open_shouldTakeEverythingFromTheMetadata_whenThereIsNoManifest() throws Exception {
    ModelBundle bundle = ModelBundle.open(TestModels.file("metadata"));

    assertThat(bundle.name()).isEqualTo("colours");
    assertThat(bundle.version()).isEqualTo("1.2.3");
    assertThat(bundle.labels()).containsExactly("red", "green", "blue");
    assertThat(bundle.input())
        .isEqualTo(
            new InputSpec(
                LAYOUT,
                ResizeFilter.TF_BILINEAR,
                new Aspect.Stretch(),
                0xFFFFFF,
                ChannelOrder.RGB,
                Optional.of(new Normalization(0, 255, List.of(0.0), List.of(255.0)))));
    assertThat(bundle.output())
        .isEqualTo(new OutputSpec(0, OutputType.PROBABILITIES, 0, Optional.empty()));
  }

  @Test
  void open_shouldPreferTheManifest_whenMetadataSaysItToo() throws Exception {
    ModelBundle bundle =
        ModelBundle.open(
            folder.model("metadata", "{\"labels\": [\"a\", \"b\", \"c\"], \"name\": \"abc\"}"));

    assertThat(bundle.name()).isEqualTo("abc");
    assertThat(bundle.version()).isEqualTo("1.2.3");
    assertThat(bundle.labels()).containsExactly("a", "b", "c");
  }

  @Test
  void open_shouldPassLevelsAsTheyAre_whenMetadataModelIsUint8() throws Exception {
    assertThat(ModelBundle.open(TestModels.file("metadata-uint8")).input().normalization())
        .isEmpty();
  }

  @Test
  void open_shouldReadCalibrationAndThreshold_whenMetadataHasThem() throws Exception {
    OutputSpec output = ModelBundle.open(TestModels.file("metadata-calibrated")).output();

    assertThat(output.threshold()).isEqualTo(0.1f);
    assertThat(output.calibration()).isPresent();
    assertThat(output.calibration().get().parameters())
        .containsExactly(
            Optional.of(new Calibration.Parameters(0.9f, 2, 0.5f, 0.3f)),
            Optional.of(new Calibration.Parameters(1, 1, 0, Float.NEGATIVE_INFINITY)),
            Optional.empty());
  }

  @Test
  void fileHash_shouldBeTheStartOfTheFilesSha256() throws Exception {
    Path model = folder.model("float", BundleFolder.MANIFEST);

    assertThat(ModelBundle.open(model).fileHash())
        .matches("[0-9a-f]{12}")
        .isEqualTo(ModelBundle.open(model).fileHash())
        .isNotEqualTo(ModelBundle.open(TestModels.file("metadata")).fileHash());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two-outputs | nothing says which of its 2 outputs has a score for each label (0"
            + " \"output_1\" FLOAT32 [-1, 4], 1 \"output_0\" FLOAT32 [-1, 3]); set output.name (or"
            + " output.index) in two-outputs.json.",
        "index-only | its output is INT64 [-1]; expected a score for each label",
        "text | its input is INT32 [-1, 16]; expected float32, uint8 or int8",
        "two-channels | its input is FLOAT32 [-1, 6, 8, 2]; expected one image with 1 or 3"
            + " channels",
        "two-inputs | and FLOAT32",
      })
  void open_shouldNameTensors_whenModelIsNoImageClassifier(String name, String problem)
      throws Exception {
    assertFails(folder.model(name, BundleFolder.MANIFEST), name + ".tflite", problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | nothing says what its labels are, how images are resized, what happens to other"
            + " aspect ratios, how pixels are normalised and what its outputs are; set labels,"
            + " input.resize, input.aspect, input.range (or input.mean and input.std, or input.raw)"
            + " and output.type in float.json, or use a model with TFLite Metadata.",
        "{'input': {'resize': 'area', 'aspect': 'stretch', 'range': [0, 1]}, 'output': {'type':"
            + " 'probabilities'}} | nothing says what its labels are; set labels in float.json",
        "{'labels': ['r','g','b'], 'input': {'resize': 'area', 'range': [0, 1]}} | nothing says"
            + " what happens to other aspect ratios and what its outputs are; set input.aspect and"
            + " output.type in float.json",
        "{'labels': ['r','g','b'], 'input': {'resize': 'area', 'aspect': 'stretch', 'range': [0,"
            + " 1]}} | nothing says what its outputs are; set output.type",
      })
  void open_shouldNameTheField_whenNobodySaysIt(String manifest, String problem) throws Exception {
    assertFails(folder.model("float", manifest.replace('\'', '"')), "float.tflite", problem);
  }

  @Test
  void open_shouldAskForTheOutputWithTheRest_whenNobodySaysAnything() throws Exception {
    assertFails(
        folder.model("two-outputs", "{}"),
        "nothing says which of its 2 outputs has a score for each label",
        "what its labels are, how images are resized",
        "; set output.name (or output.index), labels, input.resize,",
        "and output.type in two-outputs.json.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"['r','g']", "['r','g','b','x']"})
  void open_shouldCountLabels_whenTheirNumberIsWrong(String labels) throws Exception {
    String manifest = "{'labels': %s}".formatted(labels).replace('\'', '"');

    assertFails(
        folder.model("float", manifest),
        "float.json: expected 3 labels, as the output FLOAT32 [-1, 3] of float.tflite has; found");
  }

  @Test
  void open_shouldCountLabels_whenMetadataHasTooFew() {
    assertFails(
        TestModels.file("metadata-two-labels"),
        "metadata-two-labels.tflite: expected 3 labels",
        "found 2;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "['r','g'] | found 2; if the model scores a background first, as those of 1001 scores do"
            + " for ImageNet's 1000 labels, put \"background\" first.",
        "['label','r','g','b'] | found 4; if the first, \"label\", heads the list or is a"
            + " background that the model does not score, take it out.",
        "['r'] | found 1.",
        "['r','g','b','x','y'] | found 5.",
      })
  void open_shouldAskForABackground_whenLabelsAreOneMoreOrLess(String labels, String problem)
      throws Exception {
    assertFails(
        folder.model("float", "{'labels': %s}".formatted(labels).replace('\'', '"')), problem);
  }

  @Test
  void open_shouldNameWhatLiesThere_whenTheManifestIsNone() throws Exception {
    assertFails(
        folder.model("float", "version https://git-lfs.github.com/spec/v1\noid sha256:0123\n"),
        "float.json: expected a manifest in JSON, found a Git LFS pointer, which stands for the"
            + " file; fetch the file itself with `git lfs pull`.");
  }

  @Test
  void open_shouldReadTheManifest_whenAnEditorMarkedItsBytes() throws Exception {
    assertThat(ModelBundle.open(folder.model("float", "\uFEFF" + BundleFolder.MANIFEST)).labels())
        .containsExactly("red", "green", "blue");
  }

  /** The Task Library would answer with numbers only, which nobody could look up in the table. */
  @Test
  void open_shouldAskForLabels_whenMetadataHasNone() {
    assertFails(
        TestModels.file("metadata-no-labels"),
        "nothing says what its labels are; set labels in metadata-no-labels.json");
  }

  @Test
  void open_shouldAskForOneOrTwoLabels_whenModelHasOneOutput() throws Exception {
    assertFails(
        folder.model("binary", BundleFolder.MANIFEST),
        "expected 1 label, or 2 for no and yes",
        "found 3.");
  }

  @Test
  void open_shouldNameTheFile_whenTheManifestsLabelsAreNotThere() throws Exception {
    assertFails(
        folder.model("float", "{\"labels\": \"none.txt\"}"),
        "none.txt: expected the labels that the manifest names, found no file that can be read.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "r\ng\nb",
        "r\ng\nb\n",
        "r\r\ng\r\nb\r\n\r\n  \n",
        "\uFEFFr\ng\nb\n",
        "r \n g\nb\t\n",
        "r\rg\rb\r",
        "0  r\n1 g \n2 b\n"
      })
  void open_shouldReadTheLabelsAlone_whenEditorsLeftMoreInTheirFile(String content)
      throws Exception {
    folder.write("names.txt", content);
    String manifest =
        BundleFolder.MANIFEST.replace("[\"red\", \"green\", \"blue\"]", "\"names.txt\"");

    assertThat(ModelBundle.open(folder.model("float", manifest)).labels())
        .containsExactly("r", "g", "b");
  }

  @Test
  void open_shouldTellLabelsApart_whenAFileHasWhatTellsThemApart() throws Exception {
    folder.write("names.txt", "a\na\na (1)\n");
    String manifest =
        BundleFolder.MANIFEST.replace("[\"red\", \"green\", \"blue\"]", "\"names.txt\"");

    assertThat(ModelBundle.open(folder.model("float", manifest)).labels())
        .containsExactly("a", "a (1) (1)", "a (1)");
  }

  @Test
  void open_shouldNameTheLine_whenALabelFileHasABlankLineWithin() throws Exception {
    folder.write("names.txt", "r\n\nb\n");

    assertFails(
        folder.model("float", "{\"labels\": \"names.txt\"}"),
        "names.txt: label 2 of 3 is blank; expected a name for each output.");
  }

  @Test
  void open_shouldTakeTheSizeFromTheManifest_whenTheTensorLeavesItOpen() throws Exception {
    String input = "{%s, \"width\": 7, \"height\": 5}".formatted(NORMALIZED);
    ModelBundle bundle = ModelBundle.open(folder.model("dynamic", withInput(input)));

    assertThat(bundle.input().layout().shape()).containsExactly(1, 5, 7, 3);
  }

  @Test
  void open_shouldNameTheField_whenNobodySaysAnOpenSize() throws Exception {
    assertFails(
        folder.model("dynamic", withInput("{%s, \"width\": 7}".formatted(NORMALIZED))),
        "the height of its images, which the tensor leaves open; set input.height in");
  }

  @Test
  void open_shouldNameTheField_whenTheSizeIsAnother() throws Exception {
    assertFails(
        folder.model("float", withInput("{%s, \"width\": 224}".formatted(NORMALIZED))),
        "float.json: input.width is 224; expected 8, the size of the model's input.");
  }

  @Test
  void open_shouldCountChannels_whenMeanHasTooMany() throws Exception {
    String manifest =
        """
        {"labels": ["dark", "bright"], "output": {"type": "probabilities"},
         "input": {"resize": "area", "aspect": "stretch", "mean": [1, 2, 3], "std": [1]}}
        """;

    assertFails(
        folder.model("gray", manifest),
        "mean and std have 3 values; expected 1, or one for each of 1 channels.");
  }

  @Test
  void open_shouldFail_whenModelIsCutAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(TestModels.file("metadata-calibrated"));

    for (int length = 0; length < whole.length; length += 40) {
      Path file = temporary.resolve("cut-" + length + ".tflite");
      Files.write(file, Arrays.copyOf(whole, length));

      assertFails(file, file.toString());
    }
  }

  private static String withInput(String input) {
    return """
    {"labels": ["red", "green", "blue"], "output": {"type": "probabilities"}, "input": %s}
    """
        .formatted(input);
  }

  private static void assertFails(Path model, String... messageParts) {
    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> ModelBundle.open(model))
        .satisfies(e -> assertThat(e.getMessage()).contains(messageParts));
  }
}
