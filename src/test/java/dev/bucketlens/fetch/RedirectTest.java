package dev.bucketlens.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a redirect leads, what is carried along, and where it ends. */
final class RedirectTest {

  @RegisterExtension final PhotoServer server = new PhotoServer();

  @Test
  void fetch_shouldSendNeitherCookieNorReferer_whenTheServerRedirectsAndSetsACookie()
      throws Exception {
    server.serve(
        "/first",
        exchange -> {
          exchange.getResponseHeaders().add("Set-Cookie", "session=1; Path=/");
          PhotoServer.redirect(exchange, 302, "/second?x=%20y");
        });
    server.serve("/second", exchange -> PhotoServer.respond(exchange, 200, new byte[] {1}));

    assertThat(server.fetch("/first")).containsExactly(1);
    assertThat(server.requests().getLast()).doesNotContainKeys("Cookie", "Referer");
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
    server.serve(
        "/",
        exchange -> {
          String uri = exchange.getRequestURI().toString();
          asked.add(uri);
          if (uri.equals(first)) {
            String target = location.replace("PORT", String.valueOf(server.port()));
            PhotoServer.redirect(exchange, 302, target);
          } else {
            PhotoServer.respond(exchange, 200, new byte[] {1});
          }
        });

    if (expected.isEmpty()) {
      assertThat(server.failure(first).code()).isEqualTo(FetchError.SCHEME_NOT_ALLOWED);
    } else {
      assertThat(server.fetch(first)).containsExactly(1);
      assertThat(asked).containsExactly(first, expected);
    }
  }

  /** Both mean the page itself, for ever. */
  @ParameterizedTest
  @ValueSource(strings = {"", "#there"})
  void fetch_shouldGiveUp_whenThePageRedirectsToItself(String location) {
    server.serve("/", exchange -> PhotoServer.redirect(exchange, 302, location));

    assertThat(server.failure("/a.jpg?v=1").code()).isEqualTo(FetchError.TOO_MANY_REDIRECTS);
  }

  @Test
  @Timeout(30)
  void fetch_shouldGoOn_whenTheBodyOfARedirectNeverEnds() throws Exception {
    CountDownLatch hungUp = new CountDownLatch(1);
    server.serve(
        "/first",
        exchange -> {
          exchange.getResponseHeaders().add("Location", "/second");
          PhotoServer.respondForEver(exchange, 302, 0, hungUp);
        });
    server.serve("/second", exchange -> PhotoServer.respond(exchange, 200, new byte[] {1}));

    assertThat(server.fetch("/first")).containsExactly(1);
    assertThat(hungUp.await(20, TimeUnit.SECONDS)).as("the server lost its client").isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void fetch_shouldFollowFiveRedirectsButNotSix(int status) throws Exception {
    server.serve(
        "/hop/",
        exchange -> {
          int left = Integer.parseInt(exchange.getRequestURI().getPath().substring(5));
          if (left == 0) {
            PhotoServer.respond(exchange, 200, new byte[] {7});
          } else {
            PhotoServer.redirect(exchange, status, "/hop/" + (left - 1));
          }
        });

    assertThat(server.fetch("/hop/5")).containsExactly(7);
    assertThat(server.failure("/hop/6").code()).isEqualTo(FetchError.TOO_MANY_REDIRECTS);
  }
}
