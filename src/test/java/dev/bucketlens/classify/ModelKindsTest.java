package dev.bucketlens.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.bucketlens.Score;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.testing.PlainImages;
import dev.bucketlens.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kinds of models that people bring, each with the manifest that they would write; {@code
 * make_model_kinds.py} tells of each, and what Python's interpreter gives for it.
 */
class ModelKindsTest {

  private static final Path CRAB = Path.of("src/local/resources/photos/crab.jpg");

  /** Kernels differ between processors; those of 8 bits by a step. */
  private static final float TOLERANCE = 1e-3f;

  private static final float STEP = 1 / 256f;

  static Stream<List<String>> scores() throws IOException {
    return rows("scores");
  }

  static Stream<List<String>> refusals() throws IOException {
    return rows("refusals");
  }

  @ParameterizedTest
  @MethodSource("scores")
  void classify_shouldScoreAsPython(List<String> row) throws Exception {
    ClassifierSettings settings = ClassifierSettings.defaults().withFullDecoding();
    try (Classifier classifier = Classifier.open(model(row.getFirst()), settings)) {
      Map<String, Float> found =
          classifier
              .classify(Files.readAllBytes(CRAB), ClassifyOptions.defaults())
              .scores()
              .stream()
              .collect(Collectors.toMap(Score::label, Score::score));
      List<String> labels = classifier.model().labels();
      boolean integers =
          row.stream().skip(1).map(Float::parseFloat).allMatch(score -> score * 256 % 1 == 0);

      assertThat(labels).hasSize(row.size() - 1);
      for (int i = 0; i < labels.size(); i++) {
        assertThat(found.get(labels.get(i)))
            .as(labels.get(i))
            .isCloseTo(Float.parseFloat(row.get(i + 1)), within(integers ? STEP : TOLERANCE));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void open_shouldSayWhy_whenModelOrManifestCannotBeUsed(List<String> row) {
    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> Classifier.open(model(row.getFirst())))
        .withMessageContaining(row.getLast());
  }

  @Test
  void labels_shouldBeToldApart_whenAFileRepeatsThem() throws Exception {
    assertThat(ModelBundle.open(model("repeated-labels")).labels())
        .containsExactly("a", "a (1)", "c");
  }

  @Test
  void labels_shouldLoseTheirNumbers_whenTeachableMachineWroteThem() throws Exception {
    assertThat(ModelBundle.open(model("teachable-machine/model_unquant")).labels())
        .containsExactly("cat", "dog");
  }

  /** It gives numbers for dark and bright images, and none for those between. */
  @Test
  void classify_shouldRejectThePhoto_whenTheModelGivesNoNumberForIt() throws Exception {
    try (Classifier classifier = Classifier.open(model("sometimes-nan"))) {
      assertThat(
              classifier
                  .classify(PlainImages.png(8, 8, 0x101010), ClassifyOptions.defaults())
                  .best())
          .map(Score::label)
          .contains("b");
      assertThatExceptionOfType(ImageRejectedException.class)
          .isThrownBy(() ->
              classifier.classify(PlainImages.png(8, 8, 0x4D4D4D), ClassifyOptions.defaults()))
          .withMessage(
              "The model sometimes-nan gives NaN for \"a\", where a score is a number from 0 to 1.")
          .extracting(ImageRejectedException::code)
          .isEqualTo(RejectionCode.UNSCORABLE);
    }
  }

  private static Stream<List<String>> rows(String table) throws IOException {
    return Files.readAllLines(TestModels.folder("kinds").resolve(table + ".tsv")).stream()
        .skip(1)
        .map(line -> Arrays.asList(line.split("\t", -1)));
  }

  private static Path model(String name) {
    return TestModels.folder("kinds").resolve(name + ".tflite");
  }
}
