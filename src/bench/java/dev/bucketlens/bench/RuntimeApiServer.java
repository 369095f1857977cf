package dev.bucketlens.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The Lambda Runtime API on loopback, for one runtime process: hands it events, one after the
 * other, and takes its answers. Times are of {@link System#nanoTime}.
 */
public final class RuntimeApiServer implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime";
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Invocation> waiting = new LinkedBlockingQueue<>();
  private final CompletableFuture<Long> ready = new CompletableFuture<>();
  private final CompletableFuture<Long> checkpoint = new CompletableFuture<>();
  private final CountDownLatch restored = new CountDownLatch(1);
  private volatile Invocation running;

  private record Invocation(String id, String event, CompletableFuture<Answer> answer) {}

  /**
   * What a function answered.
   *
   * @param body the answer, or the error as JSON
   * @param nanos when it was there
   */
  public record Answer(boolean ok, String body, long nanos) {}

  private RuntimeApiServer(HttpServer server) {
    this.server = server;
  }

  /** Listens on a free port of 127.0.0.1. */
  public static RuntimeApiServer start() throws IOException {
    // Without it, this server's answers wait 40 ms for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    RuntimeApiServer api = new RuntimeApiServer(HttpServer.create(free, 0));
    api.server.createContext(ROOT, api::serve);
    api.server.setExecutor(api.threads);
    api.server.start();
    return api;
  }

  /** The value of AWS_LAMBDA_RUNTIME_API. */
  public String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * Waits until the process has done its init.
   *
   * @return when it first asked for an event
   * @throws IOException if its init failed or took two minutes
   */
  public long awaitReady() throws IOException, InterruptedException {
    return get(ready, "init");
  }

  /** Waits until the process asks for its restore, and so has done all before its snapshot. */
  public long awaitCheckpoint() throws IOException, InterruptedException {
    return get(checkpoint, "beforeCheckpoint");
  }

  /** Lets a process that waits for its restore go on. */
  public void restore() {
    restored.countDown();
  }

  /** Has the process work on an event, and waits for its answer. */
  public Answer invoke(String event) throws IOException, InterruptedException {
    Invocation invocation =
        new Invocation(UUID.randomUUID().toString(), event, new CompletableFuture<>());
    waiting.add(invocation);
    return get(invocation.answer(), "invocation");
  }

  /** Fails whatever is waited for, as when the process has died. */
  public void fail(String reason) {
    IOException death = new IOException(reason);
    ready.completeExceptionally(death);
    checkpoint.completeExceptionally(death);
    Invocation current = running;
    if (current != null) {
      current.answer().completeExceptionally(death);
    }
    waiting.forEach(invocation -> invocation.answer().completeExceptionally(death));
  }

  private static <T> T get(CompletableFuture<T> future, String what)
      throws IOException, InterruptedException {
    try {
      return future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(what + " failed: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException(what + " took longer than " + TIMEOUT, e);
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      long now = System.nanoTime();
      String path = exchange.getRequestURI().getPath().substring(ROOT.length());
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      switch (path) {
        case "/invocation/next" -> next(exchange, now);
        case "/restore/next" -> {
          checkpoint.complete(now);
          restored.await();
          send(exchange, 200, "");
        }
        case "/init/error", "/restore/error" -> {
          send(exchange, 202, "");
          fail(path + " " + body);
        }
        default -> answered(exchange, path, body, now);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void next(HttpExchange exchange, long now) throws IOException, InterruptedException {
    ready.complete(now);
    Invocation invocation = waiting.take();
    running = invocation;
    long deadline = System.currentTimeMillis() + TIMEOUT.toMillis();
    exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", invocation.id());
    exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
    exchange
        .getResponseHeaders()
        .set(
            "Lambda-Runtime-Invoked-Function-Arn",
            "arn:aws:lambda:us-east-1:000000000000:function:bucketlens");
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    send(exchange, 200, invocation.event());
  }

  private void answered(HttpExchange exchange, String path, String body, long now)
      throws IOException {
    Invocation invocation = running;
    if (invocation == null || !path.startsWith("/invocation/" + invocation.id())) {
      send(exchange, 400, "{\"errorMessage\": \"no such invocation\"}");
      return;
    }
    send(exchange, 202, "");
    invocation.answer().complete(new Answer(path.endsWith("/response"), body, now));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    fail("the Runtime API was closed");
    server.stop(0);
    threads.shutdownNow();
  }
}
