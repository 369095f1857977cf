package dev.bucketlens.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that keep a fetch waiting. */
final class SlowServerTest {

  @RegisterExtension final PhotoServer server = new PhotoServer();

  /** A byte now and then keeps every socket time-out quiet; only the deadline ends it. */
  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nX-Drip: ", ""})
  @Timeout(30)
  void fetch_shouldEndAtTheDeadline_whenTheServerDrips(String beginning) throws Exception {
    try (DrippingServer drip = new DrippingServer(beginning, "x", Duration.ofMillis(20));
        UrlFetcher hasty =
            UrlFetcher.create(
                PhotoServer.settings(drip.port(), Duration.ofMillis(400)), server.names())) {
      FetchException failure =
          catchThrowableOfType(
              FetchException.class,
              () -> hasty.fetch("http://photos.example:" + drip.port() + "/"));

      assertThat(failure.code()).isEqualTo(FetchError.TIMED_OUT);
      assertThat(failure).hasMessageContaining("400 milliseconds");
      drip.awaitHangUp();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "X-Header: value\r\n"})
  @Timeout(30)
  void fetch_shouldHangUp_whenTheHeadersNeverEnd(String endless) throws Exception {
    String beginning = "HTTP/1.1 200 OK\r\n";
    try (DrippingServer flood = new DrippingServer(beginning, endless, Duration.ZERO);
        UrlFetcher patient =
            UrlFetcher.create(
                PhotoServer.settings(flood.port(), Duration.ofSeconds(25)), server.names())) {
      FetchException failure =
          catchThrowableOfType(
              FetchException.class,
              () -> patient.fetch("http://photos.example:" + flood.port() + "/"));

      assertThat(failure.code()).isEqualTo(FetchError.UNREACHABLE);
      flood.awaitHangUp();
    }
  }

  @Test
  @Timeout(30)
  void fetch_shouldEndAtTheDeadline_whenTheNameServerDoesNotAnswer() {
    CountDownLatch never = new CountDownLatch(1);
    NameResolver stuck =
        host -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new UnknownHostException(host);
        };
    try (UrlFetcher hasty =
        UrlFetcher.create(PhotoServer.settings(80, Duration.ofMillis(100)), stuck)) {
      FetchException failure =
          catchThrowableOfType(FetchException.class, () -> hasty.fetch("http://photos.example/"));

      assertThat(failure.code()).isEqualTo(FetchError.TIMED_OUT);
    }
  }
}
