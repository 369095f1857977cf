package dev.bucketlens.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bucketlens.testing.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelTest {

  private static final LiteRt LIBRARY = LiteRt.load();

  @TempDir private Path folder;

  @Test
  void open_shouldDescribeTensors_whenModelIsQuantized() throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("uint8"))) {
      TensorSpec input = model.inputs().getFirst();

      assertThat(model.inputs()).hasSize(1);
      assertThat(input.type()).isEqualTo(TensorType.UINT8);
      assertThat(input.shape()).containsExactly(-1, 6, 8, 3);
      assertThat(input.quantization().scale()).isEqualTo(1 / 255f);
      assertThat(input.quantization().zeroPoint()).isZero();
      assertThat(model.outputs()).extracting(TensorSpec::shape).containsExactly(List.of(-1, 3));
    }
  }

  @Test
  void open_shouldKeepOpenDimensions_whenShapeIsDynamic() throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("dynamic"))) {
      assertThat(model.inputs().getFirst().shape()).containsExactly(-1, -1, -1, 3);
      assertThat(model.inputs().getFirst().isDynamic()).isTrue();
    }
  }

  @Test
  void open_shouldNameTheFile_whenItIsMissing() {
    Path missing = folder.resolve("no-such.tflite");

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> Model.open(LIBRARY, missing))
        .withMessage(
            missing + ": expected a TensorFlow Lite model, found no file that can be read.");
  }

  @Test
  void open_shouldNameTheFile_whenItIsAFolder() {
    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> Model.open(LIBRARY, folder))
        .withMessage(
            folder
                + ": expected a TensorFlow Lite model, found a folder; of a SavedModel, `convert`"
                + " of model/README.md makes a .tflite.");
  }

  @ParameterizedTest
  @CsvSource({
    "'', an empty file",
    "TFL3, one that starts with 54 46 4c 33;",
    "'A text, named as if it were a model.', one that starts with 41 20 74 65 78 74 2c 20;",
  })
  void open_shouldSayHowItStarts_whenFileIsNoModel(String content, String found)
      throws IOException {
    Path file = Files.writeString(folder.resolve("not-a-model.tflite"), content);

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> Model.open(LIBRARY, file))
        .withMessageStartingWith(
            file + ": expected a TensorFlow Lite model, which has TFL3 in bytes 5 to 8, found ")
        .withMessageContaining(found);
  }

  @Test
  void open_shouldSayHowToFetchIt_whenFileIsAPointerOfGit() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("pointer.tflite"),
            """
            version https://git-lfs.github.com/spec/v1
            oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
            size 5422080
            """);

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> Model.open(LIBRARY, file))
        .withMessage(
            file
                + ": expected a TensorFlow Lite model, found a Git LFS pointer, which stands for"
                + " the file; fetch the file itself with `git lfs pull`.");
  }

  @Test
  void open_shouldNameTheTensors_whenModelHasTwoInputs() throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("two-inputs"))) {
      assertThat(model.inputs())
          .extracting(TensorSpec::toString)
          .containsExactly("FLOAT32 [-1, 1]", "FLOAT32 [-1, 6, 8, 3]");
      assertThat(model.outputs()).hasSize(1);
    }
  }

  @Test
  void open_shouldTakeTheFirstSignature_whenModelHasTwo() throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("two-signatures"))) {
      assertThat(model.signatures()).containsExactly("classify", "invert");
      assertThat(model.inputs()).extracting(TensorSpec::name).containsExactly("image");
      assertThat(model.outputs()).extracting(TensorSpec::name).containsExactly("scores");
    }
  }

  @Test
  void open_shouldDescribeTensors_whenModelHasNoSignature() throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("no-signature"))) {
      assertThat(model.signatures()).isEmpty();
      assertThat(model.inputs().getFirst().shape()).containsExactly(-1, 6, 8, 3);
    }
  }

  @Test
  void open_shouldFail_whenFileIsTruncatedAnywhere() throws IOException {
    byte[] whole = Files.readAllBytes(TestModels.file("float"));

    for (int length = 0; length < whole.length - 16; length += 16) {
      Path file = folder.resolve("first-" + length + "-bytes.tflite");
      Files.write(file, Arrays.copyOf(whole, length));

      assertThatExceptionOfType(ModelLoadException.class)
          .isThrownBy(() -> Model.open(LIBRARY, file).close())
          .withMessageContaining(file.toString());
    }
  }

  @Test
  void close_shouldDoNothing_whenClosedBefore() throws Exception {
    Model model = Model.open(LIBRARY, TestModels.file("float"));

    model.close();
    model.close();

    assertThat(model.inputs()).hasSize(1);
  }
}
