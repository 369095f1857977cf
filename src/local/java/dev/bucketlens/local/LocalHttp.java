package dev.bucketlens.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * API Gateway on one machine: each HTTP request on loopback becomes an event of payload format 2.0
 * for the API function, and its answer an HTTP response.
 */
public final class LocalHttp implements AutoCloseable {

  private static final Logger LOG = System.getLogger(LocalHttp.class.getName());

  /** API Gateway's own limit on the time an HTTP API integration has. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final LoopbackServer server;

  private LocalHttp(LoopbackServer server) {
    this.server = server;
  }

  /**
   * Starts on loopback.
   *
   * @param port the port to listen on, 0 for any free one
   */
  public static LocalHttp start(int port, RequestStreamHandler function) throws IOException {
    return new LocalHttp(LoopbackServer.start(port, exchange -> handle(exchange, function)));
  }

  /** The base URL of the API. */
  public URI endpoint() {
    return server.endpoint();
  }

  private static void handle(HttpExchange exchange, RequestStreamHandler function)
      throws IOException {
    try (exchange) {
      PayloadV2.Response response = invoke(exchange, function);
      response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      boolean bodiless = response.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(response.status(), bodiless ? -1 : response.body().length);
      if (!bodiless) {
        exchange.getResponseBody().write(response.body());
      }
    }
  }

  private static PayloadV2.Response invoke(HttpExchange exchange, RequestStreamHandler function)
      throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(PayloadV2.MAX_BODY_BYTES + 1);
    if (body.length > PayloadV2.MAX_BODY_BYTES) {
      return PayloadV2.Response.json(413, "{\"message\":\"Request Too Long\"}");
    }
    try {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      function.handleRequest(
          new ByteArrayInputStream(PayloadV2.event(exchange, body)),
          answer,
          new LocalContext("api", TIMEOUT));
      return PayloadV2.response(answer.toString(StandardCharsets.UTF_8));
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.ERROR, "The API function failed", e);
      return PayloadV2.Response.json(502, "{\"message\":\"Internal Server Error\"}");
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
