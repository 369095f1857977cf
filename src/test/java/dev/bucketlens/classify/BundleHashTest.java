package dev.bucketlens.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.image.ImageLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundleHashTest {
  private static final ClassifierSettings SETTINGS = ClassifierSettings.defaults();
  private static final ClassifyOptions KEPT = ClassifyOptions.defaults();

  private static final String MANIFEST =
      """
      {"name": "tiny", "labels": "labels.txt", "license": "MIT",
       "input": {"resize": "bilinear", "aspect": "stretch", "range": [0, 1]},
       "output": {"type": "probabilities", "threshold": 0.1}}
      """;

  private @TempDir Path folder;
  private String before;

  @BeforeEach
  void makeBundle() throws Exception {
    write("labels.txt", "red\ngreen\nblue\n");
    new BundleFolder(folder).model("float", MANIFEST);
    before = hash(SETTINGS, KEPT);
  }

  @Test
  void bundleHash_shouldBeTwelveDigits_alwaysTheSame() throws Exception {
    assertThat(before).matches("[0-9a-f]{12}").isEqualTo(hash(SETTINGS, KEPT));
    try (Classifier classifier = Classifier.open(model(), SETTINGS)) {
      assertThat(classifier.bundleHash(KEPT)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"range\": [0, 1]|\"range\": [-1, 1]",
        "\"range\": [0, 1]|\"mean\": [0.5], \"range\": [0, 1]",
        "\"bilinear\"|\"bicubic\"",
        "0.1|0.2",
        "\"tiny\"|\"small\"",
      })
  void bundleHash_shouldChange_whenTheManifestSaysOtherwise(String said, String now)
      throws Exception {
    write("float.json", MANIFEST.replace(said, now));

    assertThat(hash(SETTINGS, KEPT)).isNotEqualTo(before);
  }

  @Test
  void bundleHash_shouldStay_whenTheManifestOnlyTellsOtherwise() throws Exception {
    write("float.json", MANIFEST.replace("\"MIT\"", "\"Apache-2.0\", \"source\": \"here\""));

    assertThat(hash(SETTINGS, KEPT)).isEqualTo(before);
  }

  @Test
  void bundleHash_shouldChange_whenALabelIsCorrected() throws Exception {
    write("labels.txt", "red\ngreen\nnavy\n");

    assertThat(hash(SETTINGS, KEPT)).isNotEqualTo(before);
  }

  @Test
  void bundleHash_shouldChange_whenTheModelFileIsAnother() throws Exception {
    byte[] model = Files.readAllBytes(model());
    // A LiteRT model may be followed by anything, such as an archive of labels.
    Files.write(model(), Arrays.copyOf(model, model.length + 1));

    assertThat(hash(SETTINGS, KEPT)).isNotEqualTo(before);
  }

  @Test
  void bundleHash_shouldChange_whenOtherScoresAreKept() throws Exception {
    assertThat(hash(SETTINGS, KEPT.withMaxResults(2))).isNotEqualTo(before);
    assertThat(hash(SETTINGS, KEPT.withMinScore(0.5f))).isNotEqualTo(before);
    String included = hash(SETTINGS, KEPT.withInclude(Set.of("red", "green")));
    assertThat(included).isNotEqualTo(before);
    assertThat(hash(SETTINGS, KEPT.withExclude(Set.of("red", "green")))).isNotIn(before, included);
    assertThat(hash(SETTINGS, KEPT.withInclude(Set.of("green", "red")))).isEqualTo(included);
  }

  @Test
  void bundleHash_shouldChange_whenOtherPhotosAreTaken() throws Exception {
    ImageLimits limits = SETTINGS.limits();
    ImageLimits fewerBytes =
        new ImageLimits(
            limits.maxBytes() - 1,
            limits.maxPixels(),
            limits.maxSide(),
            limits.minSide(),
            limits.maxMemory(),
            limits.maxScans());

    assertThat(hash(new ClassifierSettings(1, 1, fewerBytes), KEPT)).isNotEqualTo(before);
    assertThat(hash(SETTINGS.withFullDecoding(), KEPT)).isNotEqualTo(before);
    assertThat(hash(new ClassifierSettings(3, 2, limits), KEPT)).isEqualTo(before);
  }

  @Test
  void bundleHash_shouldChange_whenThePipelineIsAnother() throws Exception {
    ModelBundle model = ModelBundle.open(model());

    assertThat(BundleHash.of(BundleHash.PIPELINE_VERSION + 1, model, SETTINGS, KEPT, false))
        .isNotEqualTo(before);
  }

  /** What was refused before is scored then. */
  @Test
  void bundleHash_shouldChange_whenHeicIsAdded() throws Exception {
    assertThat(BundleHash.of(ModelBundle.open(model()), SETTINGS, KEPT, true)).isNotEqualTo(before);
  }

  private String hash(ClassifierSettings settings, ClassifyOptions kept) throws Exception {
    return BundleHash.of(ModelBundle.open(model()), settings, kept, false);
  }

  private Path model() {
    return folder.resolve("float.tflite");
  }

  private void write(String name, String content) throws Exception {
    Files.writeString(folder.resolve(name), content);
  }
}
