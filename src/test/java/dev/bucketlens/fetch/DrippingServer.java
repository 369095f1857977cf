package dev.bucketlens.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Answers its one client with a beginning and then the same piece for ever. */
final class DrippingServer implements AutoCloseable {

  private final ServerSocket socket;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  DrippingServer(String beginning, String piece, Duration pause) throws IOException {
    socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    thread = Thread.ofPlatform().daemon().start(() -> drip(beginning, piece, pause));
  }

  private void drip(String beginning, String piece, Duration pause) {
    try (Socket client = socket.accept()) {
      OutputStream out = client.getOutputStream();
      out.write(beginning.getBytes(StandardCharsets.US_ASCII));
      do {
        out.write(piece.getBytes(StandardCharsets.US_ASCII));
        out.flush();
      } while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (IOException e) {
      // The client hung up: what the test waits for.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  void awaitHangUp() throws InterruptedException {
    thread.join(Duration.ofSeconds(20));
    assertThat(thread.isAlive()).as("the server still has its client").isFalse();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
  }
}
