package dev.bucketlens.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The AWS command line, kept running for many commands, because to start it takes a second. One
 * command at a time.
 */
final class AwsCommands implements AutoCloseable {
  private static final String SCRIPT = "src/deployed/aws_commands.py";

  private final JsonMapper json = new JsonMapper();
  private final Process process;
  private final BufferedWriter commands;
  private final BufferedReader answers;

  private AwsCommands(Process process) {
    this.process = process;
    this.commands = process.outputWriter();
    this.answers = process.inputReader();
  }

  /**
   * Starts it.
   *
   * @param tools the folder of its {@code python}
   * @param environment beside this process's own
   */
  static AwsCommands start(Path tools, Map<String, String> environment) {
    ProcessBuilder builder =
        new ProcessBuilder(tools.resolve("python").toString(), SCRIPT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    try {
      return new AwsCommands(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("The AWS command line does not start", e);
    }
  }

  /**
   * Runs {@code aws …} and returns what it printed.
   *
   * @throws CommandFailedException if it ends with another status than 0
   */
  String run(List<String> arguments) {
    try {
      commands.write(json.writeValueAsString(arguments));
      commands.newLine();
      commands.flush();
      String line = answers.readLine();
      if (line == null) {
        throw new IllegalStateException("The AWS command line ended within " + arguments);
      }
      JsonNode answer = json.readTree(line);
      if (answer.get("status").asInt() != 0) {
        throw new CommandFailedException(
            "aws %s ended with status %s:%n%s"
                .formatted(
                    String.join(" ", arguments),
                    answer.get("status"),
                    answer.get("printed").asText()));
      }
      return answer.get("printed").asText();
    } catch (IOException e) {
      throw new UncheckedIOException("The AWS command line is gone", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
