package dev.bucketlens.local;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;

/**
 * SQS on one machine, so far as the events function needs it: takes {@code SendMessage} on loopback
 * and writes each message to a file.
 */
final class LocalDeadLetters implements AutoCloseable {
  private final LoopbackServer server;

  private LocalDeadLetters(LoopbackServer server) {
    this.server = server;
  }

  /**
   * Starts on a free port of loopback.
   *
   * @param file takes a line for each message
   */
  static LocalDeadLetters start(Path file) throws IOException {
    return new LocalDeadLetters(LoopbackServer.start(0, exchange -> handle(exchange, file)));
  }

  /** The queue's address. */
  URI queue() {
    return server.endpoint().resolve("/dead-letters");
  }

  private static void handle(HttpExchange exchange, Path file) throws IOException {
    try (exchange) {
      Map<String, Object> message = JSON.std.mapFrom(exchange.getRequestBody());
      append(file, (String) message.get("MessageBody"));
      LoopbackServer.answer(exchange, "1.0", Map.of("MessageId", UUID.randomUUID().toString()));
    }
  }

  /** Adds a letter. */
  static void append(Path file, String letter) throws IOException {
    Files.writeString(file, letter + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void close() {
    server.close();
  }
}
