package dev.bucketlens.classify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.atIndex;

import dev.bucketlens.Score;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.image.ImageInfo;
import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.testing.PlainImages;
import dev.bucketlens.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTest {

  private static final ClassifyOptions DEFAULTS = ClassifyOptions.defaults();
  private static final byte[] RED = PlainImages.png(16, 12, 0xFF0000);
  private static final byte[] BROWN = PlainImages.png(16, 12, 0x281E14);

  @TempDir private Path temporary;

  private BundleFolder folder;

  @BeforeEach
  void useFolder() {
    folder = new BundleFolder(temporary);
  }

  /**
   * The expected scores are those that the Task Library 0.4.4 gives for the same model and image.
   */
  @Test
  void classify_shouldScoreAsTheTaskLibrary_whenModelHasMetadata() throws Exception {
    assertScores(TestModels.file("metadata"), BROWN, 1e-6f)
        .containsExactly(
            score("red", 0.441565f), score("green", 0.322660f), score("blue", 0.235774f));
  }

  @Test
  void classify_shouldScoreAsTheTaskLibrary_whenModelIsUint8() throws Exception {
    assertScores(TestModels.file("metadata-uint8"), BROWN, 0)
        .containsExactly(
            score("red", 0.44140625f), score("green", 0.32421875f), score("blue", 0.234375f));
  }

  @Test
  void classify_shouldScoreAsTheTaskLibrary_whenScoresAreCalibrated() throws Exception {
    assertScores(TestModels.file("metadata-calibrated"), BROWN, 1e-6f)
        .containsExactly(score("red", 0.797924f), score("green", 0.672461f));
    assertScores(TestModels.file("metadata-calibrated"), RED, 1e-6f)
        .containsExactly(score("red", 0.831685f), score("green", 0.622459f));
  }

  /**
   * Labels, steps and pixels as AutoML Vision Edge exports them; the second list is German. The
   * scores are MediaPipe's; the older kernels of the Task Library round one logit a step lower.
   */
  @Test
  void classify_shouldScoreAsMediaPipe_whenModelIsShapedLikeAnAutoMlExport() throws Exception {
    assertScores(TestModels.file("metadata-automl"), PlainImages.png(320, 240, 0x967864), 1e-6f)
        .containsExactly(
            score("daisy", 0.597656f),
            score("sunflowers", 0.140625f),
            score("tulips", 0.140625f),
            score("dandelion", 0.089844f),
            score("roses", 0.027344f));
  }

  @Test
  void classify_shouldScoreAsTheTaskLibrary_whenMetadataLeavesTheContentOut() throws Exception {
    assertScores(TestModels.file("metadata-no-content"), BROWN, 1e-6f)
        .containsExactly(
            score("red", 0.441565f), score("green", 0.322660f), score("blue", 0.235774f));
  }

  @Test
  void classify_shouldOverrideTheModelsThreshold_whenMinScoreIsGiven() throws Exception {
    try (Classifier classifier = Classifier.open(TestModels.file("metadata-calibrated"))) {
      assertThat(classifier.classify(RED, DEFAULTS.withMinScore(0)).scores())
          .extracting(Score::label)
          .containsExactly("red", "green", "blue");
      assertThat(classifier.classify(RED, DEFAULTS.withMinScore(0.7f)).scores())
          .extracting(Score::label)
          .containsExactly("red");
    }
  }

  @Test
  void classify_shouldGiveTheSame_whenModelIsInt8() throws Exception {
    Path model = folder.model("int8", BundleFolder.MANIFEST);

    assertScores(model, BROWN, 1 / 256f)
        .containsExactly(score("red", 0.4416f), score("green", 0.3227f), score("blue", 0.2358f));
  }

  @Test
  void classify_shouldApplySoftmax_whenOutputsAreLogits() throws Exception {
    Path model = folder.model("logits", BundleFolder.MANIFEST.replace("probabilities", "logits"));

    assertScores(model, BROWN, 1e-6f)
        .containsExactly(
            score("red", 0.441565f), score("green", 0.322660f), score("blue", 0.235774f));
  }

  @Test
  void classify_shouldScoreEachAlone_whenOutputsAreSigmoid() throws Exception {
    Path model = folder.model("logits", BundleFolder.MANIFEST.replace("probabilities", "sigmoid"));

    assertScores(model, RED, 1e-6f)
        .containsExactly(score("red", 0.999665f), score("green", 0.5f), score("blue", 0.5f));
  }

  @Test
  void classify_shouldScoreNoAndYes_whenModelHasOneOutput() throws Exception {
    Path model =
        folder.model("binary", BundleFolder.MANIFEST.replaceFirst("\\[.*?]", "[\"no\", \"yes\"]"));

    assertScores(model, RED, 1e-6f)
        .containsExactly(score("yes", 0.999665f), score("no", 0.000335f));
  }

  @Test
  void classify_shouldSeeLuma_whenModelIsGray() throws Exception {
    Path model =
        folder.model(
            "gray", BundleFolder.MANIFEST.replaceFirst("\\[.*?]", "[\"bright\", \"dark\"]"));

    // Pillow's L of plain red is 76; 8 * 76 / 255 is the logit against 0.
    assertScores(model, RED, 1e-6f)
        .containsExactly(score("bright", 0.915623f), score("dark", 0.084377f));
  }

  @Test
  void classify_shouldSwapChannels_whenOrderIsBgr() throws Exception {
    Path model =
        folder.model(
            "float",
            BundleFolder.MANIFEST.replace("\"range\"", "\"channelOrder\": \"bgr\", \"range\""));

    assertScores(model, RED, 1e-6f).contains(score("blue", 0.99933f), atIndex(0));
  }

  @Test
  void classify_shouldWork_whenSizeIsTheManifests() throws Exception {
    Path model =
        folder.model(
            "dynamic",
            BundleFolder.MANIFEST.replace("\"range\"", "\"width\": 31, \"height\": 17, \"range\""));

    assertScores(model, BROWN, 1e-5f).contains(score("red", 0.441565f), atIndex(0));
  }

  @Test
  void classify_shouldTellOfTheImage() throws Exception {
    try (Classifier classifier = Classifier.open(TestModels.file("metadata"))) {
      Classification classification = classifier.classify(RED, DEFAULTS);

      assertThat(classification.image())
          .extracting(ImageInfo::width, ImageInfo::height)
          .containsExactly(16, 12);
      assertThat(classification.best()).map(Score::label).contains("red");
      assertThat(classification.warnings()).isEmpty();
      assertThat(classification.timings().total())
          .isGreaterThan(classification.timings().inference());
    }
  }

  @Test
  void classify_shouldRankTiesInLabelOrder_andKeepTheFirst() throws Exception {
    try (Classifier classifier = Classifier.open(TestModels.file("metadata"))) {
      byte[] black = PlainImages.png(8, 6, 0);

      assertThat(classifier.classify(black, DEFAULTS).scores())
          .extracting(Score::label)
          .containsExactly("red", "green", "blue");
      assertThat(classifier.classify(black, DEFAULTS.withMaxResults(2)).scores())
          .extracting(Score::label)
          .containsExactly("red", "green");
    }
  }

  @Test
  void classify_shouldReturnOnlyIncluded_orAllButExcluded() throws Exception {
    try (Classifier classifier = Classifier.open(TestModels.file("metadata"))) {
      assertThat(classifier.classify(RED, DEFAULTS.withInclude(Set.of("blue", "green"))).scores())
          .extracting(Score::label)
          .containsExactly("green", "blue");
      assertThat(classifier.classify(RED, DEFAULTS.withExclude(Set.of("red"))).scores())
          .extracting(Score::label)
          .containsExactly("green", "blue");
    }
  }

  @Test
  void check_shouldNameTheLabel_whenTheModelDoesNotKnowIt() throws Exception {
    try (Classifier classifier = Classifier.open(TestModels.file("metadata"))) {
      assertThatExceptionOfType(InvalidOptionsException.class)
          .isThrownBy(() -> classifier.check(DEFAULTS.withExclude(Set.of("red", "rouge"))))
          .withMessage(
              "exclude names \"rouge\", which the model does not know; it knows 3 labels, such as"
                  + " \"red\".");
    }
  }

  @Test
  void classify_shouldReject_whenBytesAreNoImage() throws Exception {
    try (Classifier classifier = Classifier.open(TestModels.file("metadata"))) {
      assertThatExceptionOfType(ImageRejectedException.class)
          .isThrownBy(() -> classifier.classify("text".getBytes(UTF_8), DEFAULTS));
    }
  }

  @Test
  void classify_shouldGiveEachThreadItsOwnAnswer_whenManyShareIt() throws Exception {
    List<byte[]> images =
        List.of(RED, PlainImages.png(9, 9, 0x00FF00), PlainImages.png(5, 7, 0x0000FF));
    ClassifierSettings two = new ClassifierSettings(2, 1, ImageLimits.defaults());
    try (Classifier classifier = Classifier.open(TestModels.file("metadata"), two);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Classification>> answers = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        byte[] image = images.get(i % 3);
        answers.add(threads.submit(() -> classifier.classify(image, DEFAULTS)));
      }

      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get().best())
            .map(Score::label)
            .contains(List.of("red", "green", "blue").get(i % 3));
      }
    }
  }

  @Test
  void classify_shouldBeRefused_whenClosed() throws Exception {
    Classifier classifier = Classifier.open(TestModels.file("metadata"));
    classifier.close();
    classifier.close();

    assertThatIllegalStateException().isThrownBy(() -> classifier.classify(RED, DEFAULTS));
  }

  @Test
  void open_shouldNameTheOperator_whenTheLibraryLacksIt() throws Exception {
    Path model = folder.model("unknown-operator", BundleFolder.MANIFEST);

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> Classifier.open(model))
        .withMessageContaining("unknown-operator.tflite: LiteRT")
        .withMessageContaining("AdjustContrastv2");
  }

  @Test
  void open_shouldNameTheFile_whenItIsEmpty() throws Exception {
    Path model = Files.createFile(temporary.resolve("empty.tflite"));

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> Classifier.open(model))
        .withMessageStartingWith(model + ": expected a TensorFlow Lite model")
        .withMessageContaining("found an empty file");
  }

  private static Score score(String label, float score) {
    return new Score(label, score);
  }

  private static ListAssert<Score> assertScores(Path model, byte[] image, float tolerance)
      throws Exception {
    try (Classifier classifier = Classifier.open(model)) {
      return assertThat(classifier.classify(image, DEFAULTS).scores())
          .usingElementComparator((found, expected) ->
              found.label().equals(expected.label())
                      && Math.abs(found.score() - expected.score()) <= tolerance
                  ? 0
                  : 1);
    }
  }
}
