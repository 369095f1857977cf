package dev.bucketlens.local;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * SQS on one machine, so far as the events function needs it: takes {@code SendMessage} on loopback
 * and writes each message to a file.
 */
final class LocalDeadLetters implements AutoCloseable {
  private final HttpServer server;
  private final Path file;

  private LocalDeadLetters(HttpServer server, Path file) {
    this.server = server;
    this.file = file;
  }

  /**
   * Starts on a free port of loopback.
   *
   * @param file takes a line for each message
   */
  static LocalDeadLetters start(Path file) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    LocalDeadLetters letters = new LocalDeadLetters(server, file);
    server.createContext("/", letters::handle);
    server.start();
    return letters;
  }

  /** The queue's address. */
  URI queue() {
    return URI.create("http://127.0.0.1:%d/dead-letters".formatted(server.getAddress().getPort()));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, Object> message = JSON.std.mapFrom(exchange.getRequestBody());
      append(file, (String) message.get("MessageBody"));
      byte[] answer = JSON.std.asBytes(Map.of("MessageId", UUID.randomUUID().toString()));
      exchange.getResponseHeaders().set("content-type", "application/x-amz-json-1.0");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /** Adds a letter. */
  static void append(Path file, String letter) throws IOException {
    Files.writeString(file, letter + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
