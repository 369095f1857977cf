package dev.bucketlens.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.Headers;
import dev.bucketlens.testing.Loopback;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked, of whom, and which answers are taken. */
final class UrlFetcherTest {

  @RegisterExtension final PhotoServer server = new PhotoServer();

  @Test
  void fetch_shouldSayWhoComesAndNothingElse() throws Exception {
    server.serve(
        "/a.jpg",
        exchange -> PhotoServer.respond(exchange, 200, "photo".getBytes(StandardCharsets.UTF_8)));

    byte[] body = server.fetch("/a.jpg");

    assertThat(body).asString().isEqualTo("photo");
    Headers sent = server.requests().getFirst();
    assertThat(sent.getFirst("User-Agent")).startsWith("Bucketlens/");
    assertThat(sent.getFirst("Accept-Encoding")).isEqualTo("identity");
    assertThat(sent.keySet())
        .containsExactlyInAnyOrder("Host", "Accept", "Accept-encoding", "User-agent", "Connection");
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_photos.example", "_dmarc.example", "a--b-.example", "Bucket_1"})
  void fetch_shouldReachTheHost_whenItsNameIsOneThatOnlyUriRefuses(String host) throws Exception {
    server.serve("/", exchange -> PhotoServer.respond(exchange, 200, new byte[] {1}));
    server.names().with(host.toLowerCase(Locale.ROOT), "127.0.0.1");

    assertThat(server.fetchUrl("http://" + host + ":" + server.port() + "/a.jpg?b"))
        .containsExactly(1);
    assertThat(server.requests().getFirst().getFirst("Host"))
        .isEqualToIgnoringCase(host + ":" + server.port());
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 206, 304, 400, 403, 404, 500, 503})
  void fetch_shouldFail_whenTheStatusIsNot200(int status) {
    server.serve("/", exchange -> PhotoServer.respond(exchange, status, new byte[0]));

    FetchException failure = server.failure("/a.jpg");

    assertThat(failure.code()).isEqualTo(FetchError.BAD_STATUS);
    assertThat(failure).hasMessageContaining(String.valueOf(status));
  }

  @Test
  void fetch_shouldSayUnreachable_whenNobodyListens() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    try (UrlFetcher other =
        UrlFetcher.create(PhotoServer.settings(closed, Duration.ofSeconds(20)), server.names())) {
      FetchException failure =
          catchThrowableOfType(
              FetchException.class, () -> other.fetch("http://photos.example:" + closed + "/"));

      assertThat(failure.code()).isEqualTo(FetchError.UNREACHABLE);
      assertThat(failure).hasMessage("Nothing answers at http://photos.example:" + closed + ".");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "photos.example, '', true",
    "example, '', true",
    "other.example, '', false",
    "hotos.example, '', false",
    "'', photos.example, false",
    "'', EXAMPLE, false",
    "photos.example, example, false",
  })
  void fetch_shouldObeyTheHostLists(String allowed, String denied, boolean fetched)
      throws Exception {
    server.serve("/", exchange -> PhotoServer.respond(exchange, 200, new byte[] {1}));
    FetchSettings settings =
        new FetchSettings(
            true,
            new DestinationLimits(
                Set.of(server.port()), split(allowed), split(denied), Loopback.NETWORKS),
            FetchLimits.defaults());

    try (UrlFetcher listed = UrlFetcher.create(settings, server.names())) {
      if (fetched) {
        assertThat(listed.fetch(server.url("/"))).containsExactly(1);
      } else {
        FetchException failure =
            catchThrowableOfType(FetchException.class, () -> listed.fetch(server.url("/")));
        assertThat(failure.code()).isEqualTo(FetchError.HOST_NOT_ALLOWED);
      }
    }
  }

  @Test
  void fetch_shouldRefuseEverything_whenSwitchedOff() {
    FetchSettings off =
        new FetchSettings(false, DestinationLimits.publicWeb(), FetchLimits.defaults());
    try (UrlFetcher none = UrlFetcher.create(off, server.names())) {
      FetchException failure =
          catchThrowableOfType(FetchException.class, () -> none.fetch(server.url("/")));

      assertThat(failure.code()).isEqualTo(FetchError.DISABLED);
      assertThat(server.names().asked()).isEmpty();
    }
  }

  private static Set<String> split(String name) {
    return name.isEmpty() ? Set.of() : Set.of(name);
  }
}
