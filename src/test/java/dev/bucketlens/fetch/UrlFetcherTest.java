package dev.bucketlens.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bucketlens.testing.Loopback;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UrlFetcherTest {

  private static final int LIMIT = 100_000;

  private final List<Headers> requests = new CopyOnWriteArrayList<>();
  private final TestNames names = new TestNames().with("photos.example", "127.0.0.1");
  private HttpServer server;
  private UrlFetcher fetcher;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    fetcher = UrlFetcher.create(settings(port(), Duration.ofSeconds(20)), names);
  }

  @AfterEach
  void stop() {
    fetcher.close();
    server.stop(0);
  }

  @Test
  void fetch_shouldSayWhoComesAndNothingElse() throws Exception {
    serve("/a.jpg", exchange -> respond(exchange, 200, "photo".getBytes(StandardCharsets.UTF_8)));

    byte[] body = fetcher.fetch(url("/a.jpg"));

    assertThat(body).asString().isEqualTo("photo");
    Headers sent = requests.getFirst();
    assertThat(sent.getFirst("User-Agent")).startsWith("Bucketlens/");
    assertThat(sent.getFirst("Accept-Encoding")).isEqualTo("identity");
    assertThat(sent.keySet())
        .containsExactlyInAnyOrder("Host", "Accept", "Accept-encoding", "User-agent", "Connection");
  }

  @Test
  void fetch_shouldSendNeitherCookieNorReferer_whenTheServerRedirectsAndSetsACookie()
      throws Exception {
    serve(
        "/first",
        exchange -> {
          exchange.getResponseHeaders().add("Set-Cookie", "session=1; Path=/");
          exchange.getResponseHeaders().add("Location", "/second?x=%20y");
          respond(exchange, 302, new byte[0]);
        });
    serve("/second", exchange -> respond(exchange, 200, new byte[] {1}));

    assertThat(fetcher.fetch(url("/first"))).containsExactly(1);
    assertThat(requests.getLast()).doesNotContainKeys("Cookie", "Referer");
  }

  /** RFC 3986, sections 5.2 and 5.4, from /a/b/photo.jpg?v=1. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "?t=2, /a/b/photo.jpg?t=2",
    "?, /a/b/photo.jpg?",
    "other.jpg, /a/b/other.jpg",
    "./other.jpg?x=/../y, /a/b/other.jpg?x=/../y",
    "/other.jpg, /other.jpg",
    "/x/./y/../other.jpg, /x/other.jpg",
    "../other.jpg, /a/other.jpg",
    "../../../../other.jpg, /other.jpg",
    "/../other.jpg, /other.jpg",
    ".., /a/",
    "., /a/b/",
    "../.., /",
    ";size=1, /a/b/;size=1",
    "photo.jpg;size=1, /a/b/photo.jpg;size=1",
    "x//y, /a/b/x//y",
    "a:b?, ''",
    "./a:b, /a/b/a:b",
    "//photos.example:PORT, /",
    "//photos.example:PORT/c?d#e, /c?d",
    "//photos.example:PORT/c/../d, /d",
    "http://photos.example:PORT/c?d#e, /c?d",
    "http://photos.example:PORT/./c/../../d, /d",
    "HTTP://PHOTOS.example.:PORT/c, /c",
    "other.jpg#there, /a/b/other.jpg",
  })
  void fetch_shouldResolveTheRedirect_asTheStandardSays(String location, String expected)
      throws Exception {
    String first = "/a/b/photo.jpg?v=1";
    List<String> asked = new CopyOnWriteArrayList<>();
    serve(
        "/",
        exchange -> {
          String uri = exchange.getRequestURI().toString();
          asked.add(uri);
          if (uri.equals(first)) {
            String target = location.replace("PORT", String.valueOf(port()));
            exchange.getResponseHeaders().add("Location", target);
            respond(exchange, 302, new byte[0]);
          } else {
            respond(exchange, 200, new byte[] {1});
          }
        });

    if (expected.isEmpty()) {
      assertThat(failure(first).code()).isEqualTo(FetchError.SCHEME_NOT_ALLOWED);
    } else {
      assertThat(fetcher.fetch(url(first))).containsExactly(1);
      assertThat(asked).containsExactly(first, expected);
    }
  }

  /** Both mean the page itself, for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"", "#there"})
  void fetch_shouldGiveUp_whenThePageRedirectsToItself(String location) {
    serve(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Location", location);
          respond(exchange, 302, new byte[0]);
        });

    assertThat(failure("/a.jpg?v=1").code()).isEqualTo(FetchError.TOO_MANY_REDIRECTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"my_photos.example", "_dmarc.example", "a--b-.example", "Bucket_1"})
  void fetch_shouldReachTheHost_whenItsNameIsOneThatOnlyUriRefuses(String host) throws Exception {
    serve("/", exchange -> respond(exchange, 200, new byte[] {1}));
    names.with(host.toLowerCase(java.util.Locale.ROOT), "127.0.0.1");

    assertThat(fetcher.fetch("http://" + host + ":" + port() + "/a.jpg?b")).containsExactly(1);
    assertThat(requests.getFirst().getFirst("Host")).isEqualToIgnoringCase(host + ":" + port());
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
    serve(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Encoding", encoding);
          endless(exchange, status, length, hungUp);
        });

    FetchException failure = failure("/");

    assertThat(failure.code()).isEqualTo(expected);
    assertThat(hungUp.await(20, TimeUnit.SECONDS)).as("the server lost its client").isTrue();
  }

  @Test
  @Timeout(30)
  void fetch_shouldGoOn_whenTheBodyOfARedirectNeverEnds() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    serve(
        "/first",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/second");
          endless(exchange, 302, 0, hungUp);
        });
    serve("/second", exchange -> respond(exchange, 200, new byte[] {1}));

    assertThat(fetcher.fetch(url("/first"))).containsExactly(1);
    assertThat(hungUp.await(20, TimeUnit.SECONDS)).as("the server lost its client").isTrue();
  }

  /** A length of 0 is the server's way to send in chunks. */
  private static void endless(HttpExchange exchange, int status, long length, CountDownLatch hungUp)
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

  @ParameterizedTest
  @CsvSource({"301, 5, true", "302, 5, true", "303, 5, true", "307, 5, true", "308, 5, true"})
  void fetch_shouldFollowFiveRedirectsButNotSix(int status, int hops) throws Exception {
    serve(
        "/hop/",
        exchange -> {
          int left = Integer.parseInt(exchange.getRequestURI().getPath().substring(5));
          if (left == 0) {
            respond(exchange, 200, new byte[] {7});
          } else {
            exchange.getResponseHeaders().add("Location", "/hop/" + (left - 1));
            respond(exchange, status, new byte[0]);
          }
        });

    assertThat(fetcher.fetch(url("/hop/" + hops))).containsExactly(7);
    assertThat(failure("/hop/" + (hops + 1)).code()).isEqualTo(FetchError.TOO_MANY_REDIRECTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 206, 304, 400, 403, 404, 500, 503})
  void fetch_shouldFail_whenTheStatusIsNot200(int status) {
    serve("/", exchange -> respond(exchange, status, new byte[0]));

    FetchException failure = failure("/a.jpg");

    assertThat(failure.code()).isEqualTo(FetchError.BAD_STATUS);
    assertThat(failure).hasMessageContaining(String.valueOf(status));
  }

  @Test
  void fetch_shouldReturnTheWholeBody_whenItIsExactlyAsLongAsAllowed() throws Exception {
    serve("/", exchange -> respond(exchange, 200, new byte[LIMIT]));

    assertThat(fetcher.fetch(url("/"))).hasSize(LIMIT);
  }

  @ParameterizedTest(name = "length announced: {0}")
  @ValueSource(booleans = {true, false})
  void fetch_shouldStop_whenTheBodyIsOneByteTooLong(boolean announced) {
    serve(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, announced ? LIMIT + 1 : 0);
          exchange.getResponseBody().write(new byte[LIMIT + 1]);
          exchange.close();
        });

    assertThat(failure("/").code()).isEqualTo(FetchError.TOO_LARGE);
  }

  @Test
  void fetch_shouldCountDecompressedBytes_whenTheServerSendsABomb() {
    byte[] bomb = gzip(new byte[50_000_000]);
    assertThat(bomb.length).isLessThan(LIMIT);
    serve("/", exchange -> encoded(exchange, "gzip", bomb));

    assertThat(failure("/").code()).isEqualTo(FetchError.TOO_LARGE);
  }

  @Test
  void fetch_shouldDecompress_whenTheServerSendsGzipUnasked() throws Exception {
    serve("/", exchange -> encoded(exchange, "gzip", gzip(new byte[] {1, 2, 3})));

    assertThat(fetcher.fetch(url("/"))).containsExactly(1, 2, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "deflate", "gzip, gzip", "zstd"})
  void fetch_shouldRefuse_whenTheEncodingIsUnknownOrStacked(String encoding) {
    serve("/", exchange -> encoded(exchange, encoding, gzip(gzip(new byte[10]))));

    assertThat(failure("/").code()).isEqualTo(FetchError.UNSUPPORTED_ENCODING);
  }

  /** A byte now and then keeps every socket time-out quiet; only the deadline ends it. */
  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\r\nX-Drip: ", ""})
  @Timeout(30)
  void fetch_shouldEndAtTheDeadline_whenTheServerDrips(String beginning) throws Exception {
    try (DrippingServer drip = new DrippingServer(beginning, "x", Duration.ofMillis(20));
        UrlFetcher hasty =
            UrlFetcher.create(settings(drip.port(), Duration.ofMillis(400)), names)) {
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
            UrlFetcher.create(settings(flood.port(), Duration.ofSeconds(25)), names)) {
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
          throw new java.net.UnknownHostException(host);
        };
    try (UrlFetcher hasty = UrlFetcher.create(settings(80, Duration.ofMillis(100)), stuck)) {
      FetchException failure =
          catchThrowableOfType(FetchException.class, () -> hasty.fetch("http://photos.example/"));

      assertThat(failure.code()).isEqualTo(FetchError.TIMED_OUT);
    }
  }

  @Test
  void fetch_shouldSayUnreachable_whenNobodyListens() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    try (UrlFetcher other = UrlFetcher.create(settings(closed, Duration.ofSeconds(20)), names)) {
      FetchException failure =
          catchThrowableOfType(
              FetchException.class, () -> other.fetch("http://photos.example:" + closed + "/"));

      assertThat(failure.code()).isEqualTo(FetchError.UNREACHABLE);
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
    serve("/", exchange -> respond(exchange, 200, new byte[] {1}));
    FetchSettings settings =
        new FetchSettings(
            true,
            new DestinationLimits(Set.of(port()), split(allowed), split(denied), Loopback.NETWORKS),
            FetchLimits.defaults());

    try (UrlFetcher listed = UrlFetcher.create(settings, names)) {
      if (fetched) {
        assertThat(listed.fetch(url("/"))).containsExactly(1);
      } else {
        FetchException failure =
            catchThrowableOfType(FetchException.class, () -> listed.fetch(url("/")));
        assertThat(failure.code()).isEqualTo(FetchError.HOST_NOT_ALLOWED);
      }
    }
  }

  @Test
  void fetch_shouldRefuseEverything_whenSwitchedOff() {
    FetchSettings off =
        new FetchSettings(false, DestinationLimits.publicWeb(), FetchLimits.defaults());
    try (UrlFetcher none = UrlFetcher.create(off, names)) {
      FetchException failure =
          catchThrowableOfType(FetchException.class, () -> none.fetch(url("/")));

      assertThat(failure.code()).isEqualTo(FetchError.DISABLED);
      assertThat(names.asked()).isEmpty();
    }
  }

  private void serve(String path, com.sun.net.httpserver.HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          requests.add(exchange.getRequestHeaders());
          handler.handle(exchange);
        });
  }

  private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static void encoded(HttpExchange exchange, String encoding, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().add("Content-Encoding", encoding);
    respond(exchange, 200, body);
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private FetchException failure(String path) {
    return catchThrowableOfType(FetchException.class, () -> fetcher.fetch(url(path)));
  }

  private static Set<String> split(String name) {
    return name.isEmpty() ? Set.of() : Set.of(name);
  }

  private static FetchSettings settings(int port, Duration deadline) {
    return Loopback.settings(port, LIMIT, deadline);
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private String url(String path) {
    return "http://photos.example:" + port() + path;
  }

  /** Answers its one client with a beginning and then the same piece for ever. */
  private static final class DrippingServer implements AutoCloseable {

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
}
