package dev.bucketlens.local;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Executors;

/** A small HTTP server on 127.0.0.1 alone, with a virtual thread for each request. */
final class LoopbackServer implements AutoCloseable {
  private final HttpServer server;

  private LoopbackServer(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts.
   *
   * @param port the port to listen on, 0 for any free one
   */
  static LoopbackServer start(int port, HttpHandler handler) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", handler);
    server.start();
    return new LoopbackServer(server);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /**
   * Answers as services of AWS do.
   *
   * @param version of AWS's JSON protocol, such as {@code 1.1}
   */
  static void answer(HttpExchange exchange, String version, Map<String, ?> json)
      throws IOException {
    byte[] answer = JSON.std.asBytes(json);
    exchange.getResponseHeaders().set("content-type", "application/x-amz-json-" + version);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
  }

  /** Ends at once; answers under way are cut off. */
  @Override
  public void close() {
    server.stop(0);
  }
}
