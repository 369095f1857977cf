package dev.bucketlens.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.bucketlens.nativelib.NativeLibrary;
import dev.bucketlens.testing.TestModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The older library that is packed for systems which cannot load the newest. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
class BaselineLibraryTest {
  private static final Path BASELINE =
      Path.of("target/native/linux-x86_64/baseline/libjnitensorflowlite.so").toAbsolutePath();
  private static final List<Integer> SHAPE = List.of(1, 224, 224, 3);

  @TempDir Path folder;

  @AfterEach
  void findTheLibrariesOfTheBuildAgain() {
    System.clearProperty(NativeLibrary.PROPERTY);
  }

  @Test
  void load_shouldTakeTheBaseline_whenTheNewestDoesNotLoad() throws Exception {
    Files.writeString(folder.resolve("libjnitensorflowlite.so"), "needs GLIBCXX_9.9");
    Files.createDirectory(folder.resolve("baseline"));
    Files.copy(BASELINE, folder.resolve("baseline/libjnitensorflowlite.so"));
    System.setProperty(NativeLibrary.PROPERTY, folder.toString());

    assertThat(TfLite.load().version()).startsWith("2.18.");
  }

  @Test
  void load_shouldTellOfBoth_whenNoneLoads() throws Exception {
    Path newest = Files.writeString(folder.resolve("libjnitensorflowlite.so"), "no library");
    System.setProperty(NativeLibrary.PROPERTY, folder.toString());

    assertThatExceptionOfType(UnsatisfiedLinkError.class)
        .isThrownBy(TfLite::load)
        .withMessageStartingWith(newest + " is not a library that this system can load")
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .singleElement()
                    .asString()
                    .contains("baseline/libjnitensorflowlite.so"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"efficientnet-lite0", "efficientnet-lite0-float32"})
  void run_shouldGiveTheSameScores(String name) throws Exception {
    float[] newest = run(TfLite.load(), TestModels.shipped(name));
    float[] baseline = run(TfLite.load(BASELINE), TestModels.shipped(name));

    for (int i = 0; i < newest.length; i++) {
      assertThat(baseline[i]).isCloseTo(newest[i], within(1e-4f));
    }
  }

  private static float[] run(TfLite library, Path file) throws Exception {
    try (Model model = Model.open(library, file);
        Interpreter interpreter =
            Interpreter.create(model, InterpreterOptions.onThreads(1), SHAPE)) {
      Random random = new Random(1);
      if (interpreter.input().type() == TensorType.FLOAT32) {
        float[] values = new float[(int) interpreter.input().elements()];
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextFloat(-1, 1);
        }
        return interpreter.run(values);
      }
      byte[] values = new byte[(int) interpreter.input().elements()];
      random.nextBytes(values);
      return interpreter.run(values);
    }
  }
}
