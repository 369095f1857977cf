package dev.bucketlens.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
 * The Lambda Runtime API on loopback, for one process of a function: hands it one event after the
 * other, and takes its answers. It is opened as the process starts, and times are milliseconds
 * since then.
 */
public final class RuntimeApi implements AutoCloseable {
  private static final String ROOT = "/2018-06-01/runtime";
  private static final long TIMEOUT_MS = 120_000;

  private final long opened = System.nanoTime();
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<Double> init = new CompletableFuture<>();
  private final CompletableFuture<Void> restored = new CompletableFuture<>();
  private final CompletableFuture<Void> failure = new CompletableFuture<>();
  private volatile CompletableFuture<Answer> answer = new CompletableFuture<>();

  /**
   * What a function answered.
   *
   * @param at when the answer was there
   * @param took how long it was worked on
   */
  public record Answer(String body, double at, double took) {}

  /** Listens on a free port of 127.0.0.1. */
  RuntimeApi() throws IOException {
    // Without it, this server's answers wait 40 ms for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(ROOT, this::serve);
    server.setExecutor(threads);
    server.start();
  }

  /** The value of AWS_LAMBDA_RUNTIME_API. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Waits until the process has done its init: it asks for an event, or to be restored. */
  public double awaitInit() throws IOException, InterruptedException {
    return await(init);
  }

  /** Lets a process that waits for its restore go on. */
  public void restore() {
    restored.complete(null);
  }

  /**
   * Has the process work on an event.
   *
   * @throws IOException if it fails, dies, or takes two minutes
   */
  public Answer invoke(String event) throws IOException, InterruptedException {
    answer = new CompletableFuture<>();
    double sent = now();
    events.add(event);
    Answer received = await(answer);
    return new Answer(received.body(), received.at(), received.at() - sent);
  }

  private <T> T await(CompletableFuture<T> moment) throws IOException, InterruptedException {
    try {
      CompletableFuture.anyOf(moment, failure).get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
      return moment.join();
    } catch (ExecutionException e) {
      throw new IOException("The function failed: " + e.getCause().getMessage(), e);
    } catch (TimeoutException e) {
      throw new IOException("The function did nothing for " + TIMEOUT_MS + " ms", e);
    }
  }

  /** Fails whatever is waited for, as when the process has died. */
  void fail(String reason) {
    failure.completeExceptionally(new IOException(reason));
  }

  private double now() {
    return (System.nanoTime() - opened) / 1e6;
  }

  private void serve(HttpExchange exchange) throws IOException {
    double now = now();
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(ROOT.length());
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      if (path.equals("/invocation/next")) {
        init.complete(now);
        sendEvent(exchange, events.take());
      } else if (path.equals("/restore/next")) {
        init.complete(now);
        restored.join();
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange.sendResponseHeaders(202, -1);
        if (path.endsWith("/response")) {
          answer.complete(new Answer(body, now, 0));
        } else {
          fail(path + " " + body);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sendEvent(HttpExchange exchange, String event) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", UUID.randomUUID().toString());
    headers.set("Lambda-Runtime-Deadline-Ms", "" + (System.currentTimeMillis() + TIMEOUT_MS));
    headers.set(
        "Lambda-Runtime-Invoked-Function-Arn",
        "arn:aws:lambda:us-east-1:000000000000:function:bucketlens");
    headers.set("Content-Type", "application/json");
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
