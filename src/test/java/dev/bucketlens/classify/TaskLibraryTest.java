package dev.bucketlens.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bucketlens.Score;
import dev.bucketlens.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Photos scored by a model whose metadata alone says everything, beside the Task Library's answers,
 * which {@code libraries.py} prints.
 */
class TaskLibraryTest {

  /** Both mix four neighbours, but round at other places. */
  private static final float TOLERANCE = 0.02f;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "cat.png, Egyptian cat, 0.790624",
    "chameleon.jpg, chameleon, 0.991384",
    "crab.jpg, rock crab, 0.369738",
    "espresso.jpg, espresso, 0.906100",
    "gibbon.jpg, gibbon, 0.973340",
    "kitten.jpg, kit fox, 0.468047",
    "red-panda.webp, red panda, 0.817924",
  })
  void classify_shouldAnswerAsTheTaskLibrary(String photo, String label, float score)
      throws Exception {
    Path model =
        Files.copy(
            TestModels.shipped("efficientnet-lite0-float32"), folder.resolve("model.tflite"));
    byte[] content = Files.readAllBytes(Path.of("src/local/resources/photos", photo));
    ClassifierSettings settings = ClassifierSettings.defaults().withFullDecoding();

    try (Classifier classifier = Classifier.open(model, settings)) {
      Score best = classifier.classify(content, ClassifyOptions.defaults()).best().orElseThrow();

      assertThat(best.label()).isEqualTo(label);
      assertThat(best.score()).isCloseTo(score, within(TOLERANCE));
    }
  }
}
