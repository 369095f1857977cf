package dev.bucketlens.deployed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openqa.selenium.support.ui.FluentWait;

/** MiniStack on loopback, with all that its functions start, until it is closed. */
final class Emulator implements AutoCloseable {

  private final Process process;
  private final URI endpoint;
  private final Path log;

  private Emulator(Process process, URI endpoint, Path log) {
    this.process = process;
    this.endpoint = endpoint;
    this.log = log;
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param folder where its files go; made anew
   * @param settings variables beside those that keep it on loopback
   */
  static Emulator start(Tools tools, Path folder, Map<String, String> settings) {
    try {
      Files.createDirectories(folder.resolve("tmp"));
      int port = freePort();
      URI endpoint = URI.create("http://127.0.0.1:" + port);
      Path log = folder.resolve("emulator.log").toAbsolutePath();
      ProcessBuilder builder =
          new ProcessBuilder(tools.emulator().resolve("ministack").toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      Map<String, String> environment = builder.environment();
      environment.clear();
      environment.putAll(variables(tools, folder.toAbsolutePath(), port, endpoint));
      environment.putAll(settings);
      Emulator emulator = new Emulator(builder.start(), endpoint, log);
      Runtime.getRuntime().addShutdownHook(new Thread(emulator::close));
      emulator.awaitStart();
      return emulator;
    } catch (IOException e) {
      throw new UncheckedIOException("The emulator did not start", e);
    }
  }

  /** Functions inherit them: nothing of this machine's own environment. */
  private static Map<String, String> variables(Tools tools, Path folder, int port, URI endpoint) {
    Map<String, String> variables = new HashMap<>();
    variables.put("PATH", tools.emulator() + ":" + System.getenv("PATH"));
    variables.put("HOME", folder.toString());
    variables.put("LANG", "C.UTF-8");
    variables.put("TMPDIR", folder.resolve("tmp").toString());
    variables.put("BIND_HOST", "127.0.0.1");
    variables.put("GATEWAY_PORT", String.valueOf(port));
    variables.put("AWS_ENDPOINT_URL", endpoint.toString());
    variables.put("S3_DATA_DIR", folder.resolve("s3").toString());
    // It would listen on every address.
    variables.put("IOT_MTLS_ENABLED", "0");
    // More than all scenarios beside each other start: an event that finds the account's processes
    // busy is put off for the time-out of its queue, where AWS offers it again at once.
    variables.put("LAMBDA_ACCOUNT_CONCURRENCY", "50");
    variables.put("FUNCTION_JAVA_HOME", System.getProperty("java.home"));
    return variables;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart() {
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    HttpRequest health = HttpRequest.newBuilder(endpoint.resolve("/_ministack/health")).build();
    new FluentWait<>(process)
        .withTimeout(Duration.ofMinutes(2))
        .pollingEvery(Duration.ofMillis(100))
        .withMessage(() -> "The emulator does not answer; its log is " + log)
        .until(it -> {
          if (!it.isAlive()) {
            throw new IllegalStateException("The emulator ended; its log is " + log);
          }
          return answers(client, health);
        });
  }

  private static boolean answers(HttpClient client, HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Where all of its services are. */
  URI endpoint() {
    return endpoint;
  }

  /** The processes of a function that live now. */
  Stream<ProcessHandle> processes(String function) {
    String name = "-Dfunction=" + function + " ";
    return process.descendants().filter(it -> it.info().commandLine().orElse("").contains(name));
  }

  /** Whether a line of its log, or of a function's, has all of these texts. */
  boolean says(String... texts) {
    try (Stream<String> lines = Files.lines(log)) {
      return lines.anyMatch(line -> Stream.of(texts).allMatch(line::contains));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The lines of its log in which it complains, but of itself. */
  List<String> complaints() {
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(it -> it.contains(" WARNING [") || it.contains(" ERROR ["))
          .filter(it -> !it.contains("samtranslator"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Ends a function's processes, as Lambda may at any time between two invocations, and waits for
   * their end: an invocation would still be given to one that is about to. The next one starts a
   * new process.
   */
  void end(String function) {
    processes(function).forEach(ProcessHandle::destroyForcibly);
    new FluentWait<>(this)
        .withTimeout(Duration.ofSeconds(10))
        .pollingEvery(Duration.ofMillis(50))
        .withMessage("The processes of " + function + " do not end")
        .until(it -> it.processes(function).findAny().isEmpty());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroy();
    process
        .onExit()
        .orTimeout(10, TimeUnit.SECONDS)
        .exceptionally(e -> process.destroyForcibly())
        .join();
  }
}
