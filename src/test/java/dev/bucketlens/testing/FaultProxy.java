package dev.bucketlens.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between a client and a real service on loopback and breaks what it is told to: one request
 * a connection, so that each meets its own fault. Requests are passed on byte for byte, signatures
 * and all.
 */
public final class FaultProxy implements AutoCloseable {

  /** What happens to one request. */
  public interface Fault {
    void answer(Exchange exchange) throws IOException;
  }

  /** Chooses the fault of a request; called once for each, from several threads. */
  public interface Plan {
    Fault faultFor(Request request);
  }

  /**
   * A request, as far as faults are chosen by it.
   *
   * @param operation DynamoDB's, such as {@code PutItem}; empty for S3
   * @param authorization tells the key that signed it, and the region and service it is meant for
   */
  public record Request(String method, String path, String operation, String authorization) {}

  private final ServerSocket server;
  private final URI target;
  private final AtomicReference<Plan> plan = new AtomicReference<>(_ -> pass());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private FaultProxy(ServerSocket server, URI target) {
    this.server = server;
    this.target = target;
    threads.execute(this::accept);
  }

  public static FaultProxy before(URI target) {
    try {
      return new FaultProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** From the next request on. */
  public void setPlan(Plan next) {
    plan.set(next);
  }

  /** A fault of the first requests, and of no later ones. */
  public static Plan first(int times, Fault fault) {
    AtomicInteger left = new AtomicInteger(times);
    return _ -> left.getAndDecrement() > 0 ? fault : pass();
  }

  /** A fault of the first requests for an operation, and of no other ones. */
  public static Plan first(int times, String operation, Fault fault) {
    AtomicInteger left = new AtomicInteger(times);
    return request ->
        request.operation().equals(operation) && left.getAndDecrement() > 0 ? fault : pass();
  }

  /** As if there were no proxy. */
  public static Fault pass() {
    return exchange -> exchange.reply(exchange.forward());
  }

  /** The service is not asked. */
  public static Fault status(int status, String contentType, String body) {
    return exchange -> exchange.reply(statusResponse(status, contentType, body));
  }

  /** The service does what it was asked to, but the client hears of a failure. */
  public static Fault appliedThenStatus(int status, String contentType, String body) {
    return exchange -> {
      exchange.forward();
      exchange.reply(statusResponse(status, contentType, body));
    };
  }

  /** The service is not asked, and the connection breaks without an answer. */
  public static Fault hangUp() {
    return _ -> {};
  }

  /** The service is not asked, and the client hears nothing until it gives up. */
  public static Fault silence() {
    return Exchange::waitForHangUp;
  }

  /** The service does what it was asked to, and the client hears nothing until it gives up. */
  public static Fault appliedThenSilence() {
    return exchange -> {
      exchange.forward();
      exchange.waitForHangUp();
    };
  }

  /** The service does what it was asked to, and the connection breaks without an answer. */
  public static Fault appliedThenHangUp() {
    return Exchange::forward;
  }

  /** The connection breaks in the middle of the response's body. */
  public static Fault cutOff() {
    return exchange -> {
      byte[] response = exchange.forward();
      int head = Exchange.endOfHead(response, response.length);
      exchange.reply(Arrays.copyOf(response, head + (response.length - head) / 2));
    };
  }

  /** The response stops half-way without breaking the connection. */
  public static Fault stall() {
    return exchange -> {
      byte[] response = exchange.forward();
      exchange.reply(Arrays.copyOf(response, response.length - 1));
      exchange.waitForHangUp();
    };
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        threads.execute(() -> serve(client));
      }
    } catch (SocketException e) {
      // The proxy was closed.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket client) {
    try (client) {
      Exchange exchange = Exchange.read(client, target);
      if (exchange != null) {
        plan.get().faultFor(exchange.request()).answer(exchange);
      }
    } catch (IOException e) {
      // The client hung up, which is what some faults wait for.
    }
  }

  private static byte[] statusResponse(int status, String contentType, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return String.join(
            "\r\n",
            "HTTP/1.1 " + status + " Fault",
            "Content-Type: " + contentType,
            "Content-Length: " + bytes.length,
            "Connection: close",
            "",
            body)
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
