package dev.bucketlens.engine;

import dev.bucketlens.testing.JavaProcess;
import dev.bucketlens.testing.TestModels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A model run in a process of its own, because native code prints past {@code System.err} and looks
 * for libraries by the environment that a process was started with.
 */
final class ChildProcess {

  private ChildProcess() {}

  /** Returns all that the process printed; what Java itself prints is the last line. */
  static String output(Map<String, String> environment) throws IOException, InterruptedException {
    ProcessBuilder builder = JavaProcess.of(ChildProcess.class);
    builder.environment().remove("JAVA_TOOL_OPTIONS"); // of which the JVM itself prints a line
    builder.environment().putAll(environment);
    Process process = builder.redirectErrorStream(true).start();
    byte[] printed = process.getInputStream().readAllBytes();
    process.waitFor();
    return new String(printed, StandardCharsets.UTF_8).strip();
  }

  public static void main(String[] arguments) throws Exception {
    List<Integer> shape = List.of(1, TestModels.HEIGHT, TestModels.WIDTH, 3);
    try (Model model = Model.open(LiteRt.load(), TestModels.file("float"));
        Interpreter interpreter =
            Interpreter.create(model, InterpreterSettings.onThreads(1), shape)) {
      System.out.println(interpreter.run(new float[(int) interpreter.input().elements()]).length);
    }
  }
}
