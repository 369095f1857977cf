package dev.bucketlens.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much of an answer is read, and how it may be encoded. */
final class BodyLimitTest {

  @RegisterExtension final PhotoServer server = new PhotoServer();

  @Test
  void fetch_shouldReturnTheWholeBody_whenItIsExactlyAsLongAsAllowed() throws Exception {
    server.serve(
        "/", exchange -> PhotoServer.respond(exchange, 200, new byte[PhotoServer.MAX_BYTES]));

    assertThat(server.fetch("/")).hasSize(PhotoServer.MAX_BYTES);
  }

  @ParameterizedTest(name = "length announced: {0}")
  @ValueSource(booleans = {true, false})
  void fetch_shouldStop_whenTheBodyIsOneByteTooLong(boolean announced) {
    server.serve(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, announced ? PhotoServer.MAX_BYTES + 1 : 0);
          exchange.getResponseBody().write(new byte[PhotoServer.MAX_BYTES + 1]);
          exchange.close();
        });

    assertThat(server.failure("/").code()).isEqualTo(FetchError.TOO_LARGE);
  }

  /** Reading on to the end of such a body would take until the deadline. */
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "200, identity, 0, TOO_LARGE",
    "200, identity, 99999999999, TOO_LARGE",
    "200, br, 0, UNSUPPORTED_ENCODING",
    "200, gzip, 0, UNSUPPORTED_ENCODING",
    "404, identity, 0, BAD_STATUS",
    "500, identity, 99999999999, BAD_STATUS",
    "206, gzip, 0, BAD_STATUS",
  })
  @Timeout(30)
  void fetch_shouldHangUp_whenTheBodyThatIsRefusedNeverEnds(
      int status, String encoding, long length, FetchError expected) throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    server.serve(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Encoding", encoding);
          PhotoServer.respondForEver(exchange, status, length, hungUp);
        });

    FetchException failure = server.failure("/");

    assertThat(failure.code()).isEqualTo(expected);
    assertThat(hungUp.await(20, TimeUnit.SECONDS)).as("the server lost its client").isTrue();
  }

  @Test
  void fetch_shouldCountDecompressedBytes_whenTheServerSendsABomb() {
    byte[] bomb = gzip(new byte[50_000_000]);
    assertThat(bomb.length).isLessThan(PhotoServer.MAX_BYTES);
    server.serve("/", exchange -> encoded(exchange, "gzip", bomb));

    assertThat(server.failure("/").code()).isEqualTo(FetchError.TOO_LARGE);
  }

  @Test
  void fetch_shouldDecompress_whenTheServerSendsGzipUnasked() throws Exception {
    server.serve("/", exchange -> encoded(exchange, "gzip", gzip(new byte[] {1, 2, 3})));

    assertThat(server.fetch("/")).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "gzip, gzip", "zstd"})
  void fetch_shouldRefuse_whenTheEncodingIsUnknownOrStacked(String encoding) {
    server.serve("/", exchange -> encoded(exchange, encoding, gzip(gzip(new byte[10]))));

    assertThat(server.failure("/").code()).isEqualTo(FetchError.UNSUPPORTED_ENCODING);
  }

  private static void encoded(HttpExchange exchange, String encoding, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Encoding", encoding);
    PhotoServer.respond(exchange, 200, body);
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
