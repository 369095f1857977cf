package dev.bucketlens.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One execution environment: the process of a function, started as Lambda starts it. */
public final class FunctionProcess implements AutoCloseable {
  private static final Map<String, String> OF_LAMBDA =
      Map.of(
          "AWS_REGION", "us-east-1",
          "AWS_DEFAULT_REGION", "us-east-1",
          "AWS_LAMBDA_FUNCTION_NAME", "bucketlens",
          "AWS_LAMBDA_FUNCTION_VERSION", "1",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769",
          "AWS_LAMBDA_LOG_GROUP_NAME", "bucketlens",
          "AWS_LAMBDA_LOG_STREAM_NAME", "loopback",
          "LANG", "C.UTF-8",
          "PATH", System.getenv("PATH"));

  private final RuntimeApi api;
  private final Process process;

  private FunctionProcess(RuntimeApi api, Process process) {
    this.api = api;
    this.process = process;
  }

  /**
   * Starts a function.
   *
   * @param command the whole command line, handler included
   * @param environment what the process sees beside what Lambda gives every function
   * @param output where its standard output and error are appended
   */
  public static FunctionProcess start(
      List<String> command, Path workingFolder, Map<String, String> environment, Path output)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(workingFolder.toAbsolutePath().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    builder.environment().clear();
    builder.environment().putAll(OF_LAMBDA);
    builder.environment().putAll(environment);
    builder.environment().put("_HANDLER", command.getLast());
    RuntimeApi api = new RuntimeApi();
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    Process process = builder.start();
    var _ =
        process
            .onExit()
            .thenAccept(it -> api.fail("it ended with " + it.exitValue() + ", see " + output));
    return new FunctionProcess(api, process);
  }

  /** What it is driven by. */
  public RuntimeApi api() {
    return api;
  }

  /** Its number, for what the system knows of it. */
  public long pid() {
    return process.pid();
  }

  /** Asks the process to end in an orderly way, and waits for that. */
  public void stop() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      throw new IOException("The process did not end within a minute");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    api.close();
  }
}
