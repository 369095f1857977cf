package dev.bucketlens.local;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * EventBridge on one machine: takes {@code PutEvents} on loopback, sends each event to one URL, as
 * an API destination would, and writes it to a log. An event that the URL does not take is answered
 * as failed, so that the stream delivers it again.
 */
final class LocalEventBus implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Optional<URI> target;
  private final Path log;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final LoopbackServer server;

  private LocalEventBus(Optional<URI> target, Path log) throws IOException {
    this.target = target;
    this.log = log;
    this.server = LoopbackServer.start(0, this::handle);
  }

  /**
   * Starts on a free port of loopback.
   *
   * @param target where events are posted to; empty for nowhere
   * @param log takes a line of JSON for each event that was taken
   */
  static LocalEventBus start(Optional<URI> target, Path log) throws IOException {
    return new LocalEventBus(target, log);
  }

  URI endpoint() {
    return server.endpoint();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, Object> request = JSON.std.mapFrom(exchange.getRequestBody());
      List<Map<String, Object>> results =
          ((List<?>) request.get("Entries")).stream().map(it -> put((Map<?, ?>) it)).toList();
      long failed = results.stream().filter(it -> it.containsKey("ErrorCode")).count();
      LoopbackServer.answer(
          exchange, "1.1", Map.of("FailedEntryCount", failed, "Entries", results));
    }
  }

  private Map<String, Object> put(Map<?, ?> entry) {
    String id = UUID.randomUUID().toString();
    try {
      String event = JSON.std.asString(envelope(id, entry));
      Optional<String> refusal = target.flatMap(url -> post(url, event));
      if (refusal.isPresent()) {
        return Map.of("ErrorCode", "InternalFailure", "ErrorMessage", refusal.get());
      }
      Files.writeString(log, event + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      return Map.of("EventId", id);
    } catch (IOException e) {
      throw new UncheckedIOException("The event was not written to " + log, e);
    }
  }

  /** The event as EventBridge hands it to targets. */
  private static Map<String, Object> envelope(String id, Map<?, ?> entry) throws IOException {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "0");
    event.put("id", id);
    event.put("detail-type", entry.get("DetailType"));
    event.put("source", entry.get("Source"));
    event.put("account", "000000000000");
    event.put("time", Instant.ofEpochSecond(((Number) entry.get("Time")).longValue()).toString());
    event.put("region", "us-east-1");
    event.put("resources", List.of());
    event.put("detail", JSON.std.mapFrom((String) entry.get("Detail")));
    return event;
  }

  /** Returns why the event was not taken. */
  private Optional<String> post(URI url, String event) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(PATIENCE)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(event))
            .build();
    try {
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      return status < 300 ? Optional.empty() : Optional.of(url + " answered " + status);
    } catch (IOException e) {
      return Optional.of(url + " does not answer: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("The local cloud is stopped");
    }
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
