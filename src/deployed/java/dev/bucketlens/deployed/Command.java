package dev.bucketlens.deployed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs a command line to its end, in the project's folder. */
final class Command {

  private Command() {}

  /**
   * Returns what it printed.
   *
   * @param environment beside this process's own
   * @throws CommandFailedException if it ends with another status than 0
   */
  static String run(Map<String, String> environment, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new CommandFailedException(
            "%s ended with status %d:%n%s".formatted(String.join(" ", command), status, printed));
      }
      return printed;
    } catch (IOException e) {
      throw new UncheckedIOException(command.getFirst() + " cannot be run", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + command.getFirst() + " ran", e);
    }
  }
}
