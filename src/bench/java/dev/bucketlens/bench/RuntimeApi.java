package dev.bucketlens.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The Lambda Runtime API on loopback, for one runtime process: hands it one event after the other,
 * and takes its answers. Times are of {@link System#nanoTime}.
 */
public final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime";
  private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:bucketlens";
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final CompletableFuture<Long> ready = new CompletableFuture<>();
  private final CompletableFuture<Long> checkpoint = new CompletableFuture<>();
  private final CompletableFuture<Void> restored = new CompletableFuture<>();

  /**
   * What a function answered.
   *
   * @param body the answer, or the error as JSON
   * @param nanos when it was there
   */
  public record Answer(boolean ok, String body, long nanos) {}

  private RuntimeApi(HttpServer server) {
    this.server = server;
  }

  /** Listens on a free port of 127.0.0.1. */
  static RuntimeApi start() throws IOException {
    // Without it, this server's answers wait 40 ms for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    RuntimeApi api = new RuntimeApi(HttpServer.create(free, 0));
    api.server.createContext(ROOT, api::serve);
    api.server.setExecutor(api.threads);
    api.server.start();
    return api;
  }

  /** The value of AWS_LAMBDA_RUNTIME_API. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Waits until the process has done its init.
   *
   * @return when it first asked for an event
   * @throws IOException if its init failed or took two minutes
   */
  public long awaitReady() throws IOException, InterruptedException {
    return await(ready);
  }

  /** Waits until the process asks for its restore, and so has done all before its snapshot. */
  public long awaitCheckpoint() throws IOException, InterruptedException {
    return await(checkpoint);
  }

  private static long await(CompletableFuture<Long> time) throws IOException, InterruptedException {
    try {
      return time.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("The function did not start within " + TIMEOUT + ": " + e, e);
    }
  }

  /** Lets a process that waits for its restore go on. */
  public void restore() {
    restored.complete(null);
  }

  /** Has the process work on an event, and waits for its answer. */
  public Answer invoke(String event) throws IOException, InterruptedException {
    events.add(event);
    Answer answer = answers.poll(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    if (answer == null) {
      throw new IOException("The function did not answer within " + TIMEOUT);
    }
    return answer;
  }

  /** Fails whatever is waited for, as when the process has died. */
  void fail(String reason) {
    ready.completeExceptionally(new IOException(reason));
    checkpoint.completeExceptionally(new IOException(reason));
    answers.add(new Answer(false, reason, System.nanoTime()));
  }

  private void serve(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(ROOT.length());
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      switch (path) {
        case "/invocation/next" -> {
          ready.complete(now);
          sendEvent(exchange, events.take());
        }
        case "/restore/next" -> {
          checkpoint.complete(now);
          restored.join();
          exchange.sendResponseHeaders(200, -1);
        }
        case "/init/error", "/restore/error" -> {
          exchange.sendResponseHeaders(202, -1);
          fail(path + " " + body);
        }
        default -> {
          exchange.sendResponseHeaders(202, -1);
          answers.add(new Answer(path.endsWith("/response"), body, now));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sendEvent(HttpExchange exchange, String event) throws IOException {
    long deadline = System.currentTimeMillis() + TIMEOUT.toMillis();
    Map.of(
            "Lambda-Runtime-Aws-Request-Id",
            UUID.randomUUID().toString(),
            "Lambda-Runtime-Deadline-Ms",
            Long.toString(deadline),
            "Lambda-Runtime-Invoked-Function-Arn",
            ARN,
            "Content-Type",
            "application/json")
        .forEach(exchange.getResponseHeaders()::set);
    byte[] bytes = event.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    fail("the Runtime API was closed");
    server.stop(0);
    threads.shutdownNow();
  }
}
