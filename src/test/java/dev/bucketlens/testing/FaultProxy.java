package dev.bucketlens.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
   */
  public record Request(String method, String path, String operation) {}

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

  /** The connection breaks in the middle of the response's body. */
  public static Fault cutOff() {
    return exchange -> {
      byte[] response = exchange.forward();
      int head = endOfHead(response, response.length);
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

  private static int endOfHead(byte[] message, int length) {
    for (int i = 3; i < length; i++) {
      if (message[i] == '\n' && message[i - 1] == '\r' && message[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  /** One request of a client. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Exchange(Socket client, URI target, Request request, byte[] head, byte[] body) {

    static Exchange read(Socket client, URI target) throws IOException {
      ByteArrayOutputStream buffer = new ByteArrayOutputStream();
      InputStream in = client.getInputStream();
      int end = -1;
      while (end < 0) {
        int next = in.read();
        if (next < 0) {
          return null;
        }
        buffer.write(next);
        end = next == '\n' ? endOfHead(buffer.toByteArray(), buffer.size()) : -1;
      }
      String head = buffer.toString(StandardCharsets.ISO_8859_1);
      String[] line = head.split(" ", 3);
      String operation = header(head, "x-amz-target");
      Request request =
          new Request(line[0], line[1], operation.substring(operation.indexOf('.') + 1));
      String length = header(head, "content-length");
      byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
      return new Exchange(client, target, request, buffer.toByteArray(), body);
    }

    private static String header(String head, String name) {
      return head.lines()
          .filter(l -> l.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(l -> l.substring(name.length() + 1).strip())
          .findFirst()
          .orElse("");
    }

    /** Asks the service and gives its whole response. */
    byte[] forward() throws IOException {
      try (Socket service = new Socket(target.getHost(), target.getPort())) {
        OutputStream out = service.getOutputStream();
        out.write(closing(head));
        out.write(body);
        out.flush();
        return closing(service.getInputStream().readAllBytes());
      }
    }

    /** Puts {@code Connection: close} in place of whatever the message says of it. */
    private static byte[] closing(byte[] message) {
      int end = endOfHead(message, message.length);
      String head = new String(message, 0, end - 2, StandardCharsets.ISO_8859_1);
      String rest =
          head.lines()
              .filter(l -> !l.toLowerCase(Locale.ROOT).startsWith("connection:"))
              .reduce("", (a, b) -> a + b + "\r\n");
      ByteArrayOutputStream closing = new ByteArrayOutputStream();
      closing.writeBytes(
          (rest + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      closing.write(message, end, message.length - end);
      return closing.toByteArray();
    }

    void reply(byte[] response) throws IOException {
      client.getOutputStream().write(response);
      client.getOutputStream().flush();
    }

    void waitForHangUp() throws IOException {
      client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }
}
