package dev.bucketlens.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.bucketlens.testing.TestModels;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterpreterTest {

  private static final LiteRt LIBRARY = LiteRt.load();
  private static final InterpreterSettings ONE_THREAD = InterpreterSettings.onThreads(1);
  private static final List<Integer> SHAPE = List.of(1, TestModels.HEIGHT, TestModels.WIDTH, 3);
  private static final int VALUES = TestModels.HEIGHT * TestModels.WIDTH * 3;

  /** The softmax of (8, 0, 0): what the tiny models answer to plain red. */
  private static final float RED = (float) (Math.exp(8) / (Math.exp(8) + 2));

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_shouldScoreRed_whenImageIsRed(boolean xnnpack) throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("float"));
        Interpreter interpreter =
            Interpreter.create(model, new InterpreterSettings(1, xnnpack), SHAPE)) {
      float[] scores = interpreter.run(redFloats(VALUES));

      assertThat(scores).containsExactly(new float[] {RED, 1 - RED, 1 - RED}, within(1e-3f));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"int8", "uint8"})
  void run_shouldDequantizeScores_whenModelIsQuantized(String name) throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file(name));
        Interpreter interpreter = Interpreter.create(model, ONE_THREAD, SHAPE)) {
      byte dark = (byte) interpreter.input().type().minimum();
      byte bright = (byte) interpreter.input().type().maximum();
      byte[] red = new byte[VALUES];
      for (int i = 0; i < red.length; i++) {
        red[i] = i % 3 == 0 ? bright : dark;
      }

      assertThat(interpreter.run(red)).containsExactly(new float[] {1, 0, 0}, within(1 / 256f));
    }
  }

  @Test
  void run_shouldTakeTheChosenSize_whenShapeIsDynamic() throws Exception {
    List<Integer> chosen = List.of(1, 5, 7, 3);
    try (Model model = Model.open(LIBRARY, TestModels.file("dynamic"));
        Interpreter interpreter = Interpreter.create(model, ONE_THREAD, chosen)) {
      float[] scores = interpreter.run(redFloats(5 * 7 * 3));

      assertThat(interpreter.input().elements()).isEqualTo(5 * 7 * 3);
      assertThat(scores).containsExactly(new float[] {RED, 1 - RED, 1 - RED}, within(1e-3f));
    }
  }

  /** Activations of 16 bits inside, real numbers outside. */
  @Test
  void run_shouldScoreRed_whenActivationsAre16Bits() throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("int16"));
        Interpreter interpreter = Interpreter.create(model, ONE_THREAD, SHAPE)) {
      float[] scores = interpreter.run(redFloats(VALUES));

      assertThat(scores).containsExactly(new float[] {RED, 1 - RED, 1 - RED}, within(1e-2f));
    }
  }

  @Test
  void run_shouldGiveTheSame_whenRepeated() throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("float"));
        Interpreter interpreter = Interpreter.create(model, ONE_THREAD, SHAPE)) {
      float[] first = interpreter.run(redFloats(VALUES));
      interpreter.run(new float[VALUES]);

      assertThat(interpreter.run(redFloats(VALUES))).isEqualTo(first);
    }
  }

  @Test
  void run_shouldNameTheShape_whenInputHasTheWrongLength() throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("float"));
        Interpreter interpreter = Interpreter.create(model, ONE_THREAD, SHAPE)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> interpreter.run(new float[7]))
          .withMessage("The model's input is FLOAT32 [1, 6, 8, 3]; found 7 float values.");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> interpreter.run(new byte[VALUES]))
          .withMessageContaining("found 144 byte values");
    }
  }

  @Test
  void run_shouldBeRefused_whenClosed() throws Exception {
    Interpreter interpreter;
    try (Model model = Model.open(LIBRARY, TestModels.file("float"))) {
      interpreter = Interpreter.create(model, ONE_THREAD, SHAPE);
      interpreter.close();
      interpreter.close();
    }

    assertThatIllegalStateException().isThrownBy(() -> interpreter.run(new float[VALUES]));
  }

  @Test
  void create_shouldNameTheShape_whenModelIsOfAnother() throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("float"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Interpreter.create(model, ONE_THREAD, List.of(1, 8, 6, 3)))
          .withMessage("The model's input is FLOAT32 [-1, 6, 8, 3]; found the shape [1, 8, 6, 3].");
    }
  }

  @Test
  void run_shouldReadTheChosenOutput_whenModelHasTwo() throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("two-outputs"));
        Interpreter boxes = Interpreter.create(model, ONE_THREAD, SHAPE, 0);
        Interpreter scores = Interpreter.create(model, ONE_THREAD, SHAPE, 1)) {
      float[] image = new float[VALUES];

      assertThat(boxes.run(image)).hasSize(4);
      assertThat(scores.run(image)).containsExactly(1 / 3f, 1 / 3f, 1 / 3f);
      assertThat(scores.output().shape()).containsExactly(1, 3);
    }
  }

  @Test
  void create_shouldNameTheTensors_whenModelHasTwoInputs() throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("two-inputs"))) {
      assertThatExceptionOfType(ModelLoadException.class)
          .isThrownBy(() -> Interpreter.create(model, ONE_THREAD, SHAPE))
          .withMessageContaining("two-inputs.tflite: expected one input, found [FLOAT32");
    }
  }

  @Test
  void create_shouldNameTheOperator_whenItIsACustomOne() throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("unknown-operator"))) {
      assertThatExceptionOfType(ModelLoadException.class)
          .isThrownBy(() -> Interpreter.create(model, ONE_THREAD, SHAPE))
          .withMessage(
              model.file()
                  + ": LiteRT cannot use it: it needs the custom operator AdjustContrastv2, which"
                  + " LiteRT does not have; convert the model without allow_custom_ops.");
    }
  }

  @Test
  void create_shouldNameTheOperator_whenItIsOneOfTensorFlowItself() throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("flex"))) {
      assertThatExceptionOfType(ModelLoadException.class)
          .isThrownBy(() -> Interpreter.create(model, ONE_THREAD, SHAPE))
          .withMessage(
              model.file()
                  + ": LiteRT cannot use it: it needs AdjustContrastv2 of TensorFlow itself,"
                  + " which LiteRT does not have (Select TF ops, Flex); convert the model with"
                  + " tf.lite.OpsSet.TFLITE_BUILTINS alone, without SELECT_TF_OPS, and take out of"
                  + " it, or write in other operators, what then does not convert.");
    }
  }

  @Test
  void create_shouldGiveTheLibrarysReason_whenAnOperatorIsNewerThanIt() throws Exception {
    try (Model model = Model.open(LIBRARY, TestModels.file("newer-operator"))) {
      assertThatExceptionOfType(ModelLoadException.class)
          .isThrownBy(() -> Interpreter.create(model, ONE_THREAD, SHAPE))
          .withMessageStartingWith(
              model.file()
                  + ": LiteRT cannot use it: Didn't find op for builtin opcode 'MEAN' version"
                  + " '99'");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"float", "dynamic"})
  void create_shouldLeaveTheWholeGraphToXnnpack_whenModelIsFloat(String name) throws Exception {
    assertThat(isFullyAccelerated(TestModels.file(name), SHAPE, ONE_THREAD)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"efficientnet-lite0, 224", "efficientnet-lite0-float32, 224", "clothing, 260"})
  void create_shouldLeaveTheWholeGraphToXnnpack_whenModelShips(String name, int side)
      throws Exception {
    List<Integer> shape = List.of(1, side, side, 3);

    assertThat(isFullyAccelerated(TestModels.shipped(name), shape, ONE_THREAD)).isTrue();
  }

  @Test
  void create_shouldLeaveTheGraphAlone_whenXnnpackIsOff() throws Exception {
    InterpreterSettings plain = new InterpreterSettings(1, false);

    assertThat(isFullyAccelerated(TestModels.file("float"), SHAPE, plain)).isFalse();
  }

  private static boolean isFullyAccelerated(
      Path file, List<Integer> shape, InterpreterSettings settings) throws Exception {
    try (Model model = Model.open(LIBRARY, file);
        Interpreter interpreter = Interpreter.create(model, settings, shape)) {
      return interpreter.isFullyAccelerated();
    }
  }

  private static float[] redFloats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i += 3) {
      values[i] = 1;
    }
    return values;
  }
}
