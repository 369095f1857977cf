package dev.bucketlens.fetch;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.bucketlens.testing.Loopback;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The server photos.example on loopback for a test, and a fetcher that reaches it alone. */
final class PhotoServer implements BeforeEachCallback, AfterEachCallback {

  /** The most that the fetcher takes. */
  static final int MAX_BYTES = 100_000;

  private final List<Headers> requests = new CopyOnWriteArrayList<>();
  private final TestNames names = new TestNames().with("photos.example", "127.0.0.1");
  private HttpServer server;
  private UrlFetcher fetcher;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    fetcher = UrlFetcher.create(settings(port(), Duration.ofSeconds(20)), names);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    fetcher.close();
    server.stop(0);
  }

  /** What allows loopback on one port. */
  static FetchSettings settings(int port, Duration deadline) {
    return Loopback.settings(port, MAX_BYTES, deadline);
  }

  void serve(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          requests.add(exchange.getRequestHeaders());
          handler.handle(exchange);
        });
  }

  /** Answers with a redirect that has no body. */
  static void redirect(HttpExchange exchange, int status, String location) throws IOException {
    exchange.getResponseHeaders().add("Location", location);
    respond(exchange, status, new byte[0]);
  }

  static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /**
   * Answers with a body that has no end.
   *
   * @param length what is announced; 0 is the server's way to send in chunks
   * @param hungUp is counted down when the client has gone
   */
  static void respondForEver(HttpExchange exchange, int status, long length, CountDownLatch hungUp)
      throws IOException {
    exchange.sendResponseHeaders(status, length);
    byte[] piece = new byte[4096];
    try {
      while (true) {
        exchange.getResponseBody().write(piece);
      }
    } catch (IOException e) {
      hungUp.countDown();
      throw e;
    }
  }

  byte[] fetch(String path) throws FetchException {
    return fetcher.fetch(url(path));
  }

  byte[] fetchUrl(String url) throws FetchException {
    return fetcher.fetch(url);
  }

  FetchException failure(String path) {
    return catchThrowableOfType(FetchException.class, () -> fetch(path));
  }

  /** The headers of what was asked so far. */
  List<Headers> requests() {
    return requests;
  }

  TestNames names() {
    return names;
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url(String path) {
    return "http://photos.example:" + port() + path;
  }
}
