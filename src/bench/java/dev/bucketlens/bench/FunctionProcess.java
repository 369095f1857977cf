package dev.bucketlens.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One execution environment: the process of a function, started as Lambda starts it, with its own
 * Runtime API.
 */
public final class FunctionProcess implements AutoCloseable {
  private static final Duration EXIT = Duration.ofSeconds(60);

  private final RuntimeApiServer api;
  private final Process process;
  private final long startNanos;

  private FunctionProcess(RuntimeApiServer api, Process process, long startNanos) {
    this.api = api;
    this.process = process;
    this.startNanos = startNanos;
  }

  /**
   * Starts a function.
   *
   * @param command the whole command line, handler included
   * @param environment what the process sees, and nothing else
   * @param output where its standard output and error are appended
   */
  public static FunctionProcess start(
      List<String> command, Path workingFolder, Map<String, String> environment, Path output)
      throws IOException {
    Files.createDirectories(output.toAbsolutePath().getParent());
    RuntimeApiServer api = RuntimeApiServer.start();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingFolder.toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    builder.environment().put("_HANDLER", command.getLast());
    long start = System.nanoTime();
    Process process = builder.start();
    var _ =
        process
            .onExit()
            .thenAccept(
                dead -> api.fail("the process ended with " + dead.exitValue() + ", see " + output));
    return new FunctionProcess(api, process, start);
  }

  /** What it is driven by. */
  public RuntimeApiServer api() {
    return api;
  }

  /** When the process was started, by {@link System#nanoTime}. */
  long startNanos() {
    return startNanos;
  }

  /** Processor time of all its threads so far. */
  Duration processorTime() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** Its number, for what the system knows of it. */
  long pid() {
    return process.pid();
  }

  /** Asks the process to end in an orderly way, and waits for that. */
  void stop() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(EXIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IOException("The process did not end within " + EXIT);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    api.close();
  }
}
