package dev.bucketlens.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A webhook on loopback, for what is sent there as JSON. */
public final class EventTarget implements AutoCloseable {
  private final HttpServer server;
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();

  private EventTarget(HttpServer server) {
    this.server = server;
  }

  public static EventTarget start() {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    EventTarget target = new EventTarget(server);
    server.createContext("/", target::handle);
    server.start();
    return target;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode event = new JsonMapper().readTree(exchange.getRequestBody());
      boolean refused = refusals.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
      if (!refused) {
        received.add(event);
      }
      exchange.sendResponseHeaders(refused ? 503 : 204, -1);
    }
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  /** Answers the next requests with 503. */
  public void refuse(int times) {
    refusals.set(times);
  }

  /** Waits for the next one that fits; those before it are dropped. */
  public JsonNode await(Predicate<JsonNode> fits) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (true) {
      JsonNode event = received.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (event == null) {
        throw new AssertionError("No such event came within 30 seconds");
      }
      if (fits.test(event)) {
        return event;
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
