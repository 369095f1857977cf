package dev.bucketlens.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A warm process that measures when it is told to: a line in, a line out that starts with the
 * median in microseconds. So processes can take turns.
 */
final class Loop implements AutoCloseable {
  private final Process process;
  private final Path log;

  private Loop(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts a process; what it reports of errors goes to {@code log}. */
  static Loop start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    return new Loop(builder.start(), log);
  }

  /** A class of this package on the program's natives, as a process. */
  static Loop ofJava(Settings settings, Class<?> main, List<String> flags, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("java", "--enable-native-access=ALL-UNNAMED"));
    command.addAll(flags);
    command.add("-Dbucketlens.native=" + settings.natives());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return start(command, Map.of(), settings.log());
  }

  /**
   * {@code loop.py}.
   *
   * @param venv the virtual environment it runs in
   * @param work what it repeats, as {@code module.function}
   */
  static Loop ofPython(Settings settings, String venv, String work, Map<String, String> environment)
      throws IOException {
    return start(
        List.of(settings.python(venv), "src/bench/python/loop.py", work),
        environment,
        settings.log());
  }

  /** The next line that the process writes. */
  String read() throws IOException {
    String line = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null) {
      throw new IOException(process.info().commandLine().orElse("A loop") + " ended; see " + log);
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

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
