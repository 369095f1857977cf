package dev.bucketlens.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A warm process that measures when it is told to: a line in, a line out that starts with the
 * median in microseconds. So processes can take turns.
 */
final class Loop implements AutoCloseable {
  /** What {@code invoke.c} is compiled to, where there is a compiler. */
  static final Path INVOKE = Settings.scratch("invoke");

  private final Process process;

  private Loop(Process process) {
    this.process = process;
  }

  private static Loop start(List<String> command, Map<String, String> environment)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(Settings.log().toFile()));
    builder.environment().putAll(environment);
    return new Loop(builder.start());
  }

  /** {@link WarmLoop} on the program's natives. */
  static Loop ofJava(List<String> flags, Object... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("java", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(flags);
    command.add("-Dbucketlens.native=" + Settings.natives());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), WarmLoop.class.getName()));
    Stream.of(arguments).map(Object::toString).forEach(command::add);
    return start(command, Map.of());
  }

  /** {@code loop.py} in one of the virtual environments, with what it repeats. */
  static Loop ofPython(String venv, Map<String, String> environment, String work)
      throws IOException {
    return start(List.of(Settings.python(venv), "src/bench/python/loop.py", work), environment);
  }

  /** {@code invoke.c} on the program's library. */
  static Loop ofC(Path model, String... arguments) throws IOException {
    Path library = Settings.natives().resolve("libLiteRt.so");
    List<String> command =
        new ArrayList<>(List.of(INVOKE.toString(), library.toString(), model.toString()));
    command.addAll(List.of(arguments));
    return start(command, Map.of());
  }

  /** The next line that the process writes. */
  String read() throws IOException {
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null) {
      throw new IOException(
          process.info().commandLine().orElse("A loop") + " ended; see " + Settings.log());
    }
    return line;
  }

  /** Has it measure, and returns all that it answers. */
  String ask(String order) throws IOException {
    BufferedWriter in = process.outputWriter(StandardCharsets.UTF_8);
    in.write(order + "\n");
    in.flush();
    return read();
  }

  /** Has it measure, and returns the median. */
  double milliseconds(String order) throws IOException {
    String answer = ask(order);
    return Double.parseDouble(answer.split(" ", 2)[0]) / 1e3;
  }

  /** Its number, for what the system knows of it. */
  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
