package dev.bucketlens.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.testing.TestModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeverityTest {

  /** In a process of its own: native code prints past {@code System.err}. */
  @Test
  void create_shouldPrintNothing_whenTheModelIsFine() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Creation.class.getName());
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // of which the JVM itself prints a line
    Process process = builder.redirectErrorStream(true).start();

    byte[] printed = process.getInputStream().readAllBytes();

    assertThat(new String(printed, StandardCharsets.UTF_8)).isEmpty();
    assertThat(process.waitFor()).isZero();
  }

  /** Makes an interpreter with a delegate. */
  static final class Creation {
    public static void main(String[] arguments) throws Exception {
      try (Model model = Model.open(TfLite.load(), TestModels.file("float"))) {
        List<Integer> shape = List.of(1, TestModels.HEIGHT, TestModels.WIDTH, 3);
        Interpreter.create(model, InterpreterOptions.onThreads(1), shape).close();
      }
    }
  }
}
