package dev.bucketlens.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.Score;
import dev.bucketlens.engine.Interpreter;
import dev.bucketlens.engine.InterpreterSettings;
import dev.bucketlens.engine.LiteRt;
import dev.bucketlens.engine.Model;
import dev.bucketlens.testing.TestModels;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java's scores are Python's, for every photo of the golden set. */
class GoldenScoresTest {

  /** On the machine that made them the scores are equal; another processor has other kernels. */
  private static final float TOLERANCE = 1e-4f;

  @ParameterizedTest
  @ValueSource(strings = {"efficientnet-lite0", "efficientnet-lite0-float32", "clothing"})
  void run_shouldScoreAsPython_whenPixelsAreTheSame(String name) throws Exception {
    try (Model model = Model.open(LiteRt.load(), TestModels.shipped(name))) {
      ModelBundle bundle = ModelBundle.of(model);
      Preprocessor preprocessor = new Preprocessor(bundle.input(), bundle.inputTensor());
      Postprocessor postprocessor = new Postprocessor(bundle.output(), bundle.labels());
      List<Integer> shape = bundle.input().layout().shape();
      try (Interpreter interpreter =
          Interpreter.create(model, InterpreterSettings.onThreads(1), shape)) {
        for (GoldenScores golden : GoldenScores.of(name)) {
          float[] raw = preprocessor.prepare(golden.pixels()).apply(interpreter);

          assertThat(difference(postprocessor.scores(raw), golden))
              .as("largest difference of %s", golden)
              .isLessThanOrEqualTo(TOLERANCE);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"efficientnet-lite0", "efficientnet-lite0-float32", "clothing"})
  void classify_shouldScoreAsPython_whenFileIsTheSame(String name) throws Exception {
    ClassifierSettings settings = ClassifierSettings.defaults().withFullDecoding();
    try (Classifier classifier = Classifier.open(TestModels.shipped(name), settings)) {
      List<String> labels = classifier.model().labels();
      for (GoldenScores golden : GoldenScores.of(name)) {
        Map<String, Float> found =
            classifier
                .classify(Files.readAllBytes(golden.photo()), ClassifyOptions.defaults())
                .scores()
                .stream()
                .collect(Collectors.toMap(Score::label, Score::score));
        float[] scores = new float[labels.size()];
        for (int i = 0; i < scores.length; i++) {
          scores[i] = found.get(labels.get(i));
        }

        assertThat(difference(scores, golden))
            .as("largest difference of %s", golden)
            .isLessThanOrEqualTo(TOLERANCE);
      }
    }
  }

  private static float difference(float[] scores, GoldenScores golden) {
    assertThat(scores).hasSameSizeAs(golden.scores());
    float largest = 0;
    for (int i = 0; i < scores.length; i++) {
      largest = Math.max(largest, Math.abs(scores[i] - golden.scores().get(i)));
    }
    return largest;
  }
}
