package dev.bucketlens.testing;

import dev.bucketlens.testing.FaultProxy.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One request of a client of {@link FaultProxy}, and the way to the service. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Exchange(Socket client, URI target, Request request, byte[] head, byte[] body) {

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
        new Request(
            line[0],
            line[1],
            operation.substring(operation.indexOf('.') + 1),
            header(head, "authorization"));
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
    closing.writeBytes((rest + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
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

  static int endOfHead(byte[] message, int length) {
    for (int i = 3; i < length; i++) {
      if (message[i] == '\n' && message[i - 1] == '\r' && message[i - 2] == '\n') {
        return i + 1;
      }
    }
    return -1;
  }
}
