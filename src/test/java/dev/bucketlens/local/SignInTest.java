package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.lambda.ApiHandler;
import dev.bucketlens.testing.Browser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Signing in to the page, in a real browser and at a real OpenID provider. {@code
 * -Dscreenshots=docs/images} also takes the picture of it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignInTest {

  private static final Path PHOTOS = Path.of("src/local/resources/photos").toAbsolutePath();
  private static final String CLIENT = "page";

  @RegisterExtension static final RunningCloud CLOUD = new RunningCloud();

  private MockOAuth2Server provider;
  private TokenGate gate;
  private LocalHttp http;
  private Browser browser;

  @BeforeAll
  void start() throws Exception {
    CLOUD.put("holiday/espresso.jpg", Files.readAllBytes(PHOTOS.resolve("espresso.jpg")));
    CLOUD.get().queue().awaitEmpty();
    provider = new MockOAuth2Server(new OAuth2Config(true));
    provider.start(InetAddress.getLoopbackAddress(), 0);
    URI issuer = URI.create("http://127.0.0.1:" + provider.baseUrl().port() + "/friends");
    gate = new TokenGate(api(issuer), issuer, CLIENT);
    http = LocalHttp.start(0, gate);
    browser = Browser.start();
  }

  @AfterAll
  void stop() {
    browser.close();
    http.close();
    provider.shutdown();
  }

  @BeforeEach
  void open() {
    browser.look(1280, 900, false);
    browser.open(http.endpoint().toString());
    browser.run("sessionStorage.clear()");
    browser.open(http.endpoint().toString());
    browser.await("the sign-in", () -> browser.find("#sign-in").isDisplayed());
  }

  private static ApiHandler api(URI issuer) {
    return CLOUD.api(
        Map.of(
            "API_ACCESS", "jwt",
            "SIGN_IN_ISSUER", issuer.toString(),
            "SIGN_IN_AUDIENCE", CLIENT,
            "UPLOADS", "on",
            "PREVIEWS", "on"));
  }

  private void signIn(String user) {
    browser.click("#sign-in-button");
    browser.await("the provider's form", () -> !browser.all("[name=username]").isEmpty());
    browser.find("[name=username]").sendKeys(user);
    browser.find("[name=claims]").sendKeys("{\"email\":\"%s@example.com\"}".formatted(user));
    browser.click("[type=submit]");
  }

  private void awaitGallery() {
    browser.await("the gallery", () -> !browser.all("#main .card").isEmpty());
  }

  private String awaitSentence() {
    browser.await("a sentence", () -> browser.find("#sign-in-why").isDisplayed());
    return browser.find("#sign-in-why").getText();
  }

  @Test
  void page_shouldScoreAnUpload_andTellWhoseItIs_whenSomebodySignsIn() {
    signIn("ann");
    awaitGallery();

    assertThat(browser.find("#who").getText()).isEqualTo("ann@example.com");
    assertThat(browser.run("return location.href")).isEqualTo(http.endpoint() + "/");

    browser.find("#files").sendKeys(PHOTOS.resolve("chameleon.jpg").toString());
    browser.await("five bars", () -> browser.all(".job.done .bars li").size() == 5);
    browser.await(
        "the photo by its own name",
        () -> browser.find(".card .when").getText().endsWith("chameleon.jpg"));
    browser.await(
        "its preview from the bucket",
        () -> !"0".equals(browser.find(".card img").getDomProperty("naturalWidth")));
    browser.click(".card");
    assertThat(browser.find("#detail .facts").getText())
        .containsPattern("File\\s+chameleon.jpg")
        .containsPattern("Uploaded by\\s+you");
    browser.click("#close");
    assertThat(browser.policyViolations()).isEmpty();
  }

  @Test
  void page_shouldStaySignedIn_whenItIsLoadedAgain() {
    signIn("ann");
    awaitGallery();

    browser.open(http.endpoint().toString());

    awaitGallery();
    assertThat(browser.find("#who").getText()).isEqualTo("ann@example.com");
  }

  @Test
  void token_shouldBeRenewed_whenItsTimeIsOver() {
    signIn("ann");
    awaitGallery();
    Object before = session("token");
    change("session => ({ ...session, expiresAt: 0 })");

    browser.open(http.endpoint().toString());

    awaitGallery();
    assertThat(session("token")).isNotEqualTo(before);
    assertThat(browser.find("#who").getText()).isEqualTo("ann@example.com");
  }

  @Test
  void token_shouldBeRenewed_whenTheGatewayTakesItNoMore() {
    signIn("ann");
    awaitGallery();
    String before = session("token");
    gate.end(before);

    browser.open(http.endpoint().toString());

    awaitGallery();
    assertThat(session("token")).isNotEqualTo(before);
  }

  @Test
  void page_shouldSayThatTheSignInHasEnded_whenItCannotBeRenewed() {
    signIn("ann");
    awaitGallery();
    change("session => ({ ...session, expiresAt: 0, refresh: null })");

    browser.open(http.endpoint().toString());

    assertThat(awaitSentence()).isEqualTo("Your sign-in has ended. Sign in again.");
    assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
  }

  @Test
  void page_shouldForgetEverything_whenSomebodySignsOut() {
    signIn("ann");
    awaitGallery();

    browser.click("#sign-out");

    browser.await(
        "the sign-in again",
        () -> !browser.all("#sign-in").isEmpty() && browser.find("#sign-in").isDisplayed());
    assertThat(browser.find("#main").isDisplayed()).isFalse();
    assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
    browser.open(http.endpoint().toString());
    browser.await("the sign-in still", () -> browser.find("#sign-in").isDisplayed());
  }

  @Test
  void page_shouldSayWhoIsNotLetIn_whenTheGatewayRefusesTheUser() {
    gate.refusedSubjects().add("mallory");

    signIn("mallory");

    assertThat(awaitSentence())
        .isEqualTo(
            "You are signed in as mallory@example.com, but this deployment does not let you in.");
    assertThat(browser.find("#main").isDisplayed()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          error=access_denied&state=%s         | Access was refused when you signed in.
          error=server_error&state=%s          | The sign-in failed (server_error). Try again.
          error=<b>&state=%s                   | The sign-in failed. Try again.
          code=stolen&state=%sx                | This sign-in was not begun here. Sign in again.
          code=never-given&state=%s            | The sign-in answered for somebody or something else. Sign in again.
          code=any&state=%s&iss=https://a.test | Another sign-in answered. Sign in again.
          """)
  void page_shouldSayWhy_whenTheProviderSendsBackAnotherAnswer(String answer, String sentence) {
    browser.click("#sign-in-button");
    browser.await("the provider's form", () -> !browser.all("[name=username]").isEmpty());
    Object state = browser.run("return new URLSearchParams(location.search).get('state')");

    browser.open(http.endpoint() + "/?" + answer.formatted(state));

    assertThat(awaitSentence()).isEqualTo(sentence);
    assertThat(browser.run("return location.href")).isEqualTo(http.endpoint() + "/");
    assertThat(browser.run("return sessionStorage.length")).isEqualTo(0L);
  }

  @Test
  void code_shouldBeRefused_whenTheTokenIsForAnotherSignIn() {
    browser.click("#sign-in-button");
    browser.await("the provider's form", () -> !browser.all("[name=username]").isEmpty());
    String provided = browser.run("return location.href").toString();
    browser.open(provided.replaceAll("nonce=[^&]+", "nonce=another"));
    browser.find("[name=username]").sendKeys("ann");
    browser.click("[type=submit]");

    assertThat(awaitSentence())
        .isEqualTo("The sign-in answered for somebody or something else. Sign in again.");
  }

  @Test
  void page_shouldSayThatTheSignInDoesNotAnswer_whileTheProviderIsDown() throws IOException {
    URI nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/friends");
    }
    try (LocalHttp alone = LocalHttp.start(0, api(nobody))) {
      browser.open(alone.endpoint().toString());

      browser.await("a sentence", () -> browser.find("#notice").isDisplayed());
      assertThat(browser.find("#notice").getText())
          .isEqualTo("The sign-in does not answer just now. This page tries again by itself.");
    }
  }

  @Test
  void page_shouldStay_andSayThatTheApiIsBusy_whenTooMuchIsAsked() {
    signIn("ann");
    awaitGallery();

    gate.busy(true);
    browser.await("a sentence", () -> browser.find("#notice").isDisplayed());

    assertThat(browser.find("#notice").getText()).contains("busy");
    assertThat(browser.all("#main .card")).isNotEmpty();
    gate.busy(false);
    browser.await("no sentence", () -> !browser.find("#notice").isDisplayed());
  }

  /** Each request is an invocation, and those of a new function at once a start each. */
  @Test
  void page_shouldAskForItself_thenHowToSignIn_andForNothingElse() {
    int before = gate.passed().size();

    browser.open(http.endpoint().toString());

    browser.await("the sign-in", () -> browser.find("#sign-in-button").isDisplayed());
    assertThat(gate.passed().subList(before, gate.passed().size()))
        .containsExactly("GET /", "GET /sign-in");
  }

  /** The page's own timer, run by hand: what it would wait is looked at, not waited for. */
  @Test
  void page_shouldAskEverMoreSeldom_andNotAtAllWhileNobodyLooks() {
    signIn("ann");
    awaitGallery();
    browser.run(
        """
        window.waits = [];
        window.setTimeout = (work, wait) => { if (wait > 1000) { waits.push(wait); window.work = work; } };
        dispatchEvent(new Event('visibilitychange'));
        """);
    for (int beats = 1; beats <= 9; beats++) {
      int seen = beats;
      browser.await(
          "another heartbeat",
          () -> ((Number) browser.run("return waits.length")).intValue() >= seen);
      browser.run("work()");
    }

    assertThat(browser.run("return waits[0] < 2500 && waits[8] > 20000 && waits[8] < 34000"))
        .isEqualTo(true);
    browser.await(
        "the last heartbeat's end",
        () -> ((Number) browser.run("return waits.length")).intValue() == 10);
    int asked = gate.passed().size();
    browser.run(
        """
        Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        window.before = waits.length;
        work();
        """);
    browser.await("the last request", () -> gate.passed().size() > asked);
    assertThat(browser.run("return waits.length - before")).isEqualTo(0L);
  }

  @ParameterizedTest
  @CsvSource({"1280, 900, false", "1280, 900, true", "390, 844, false", "390, 844, true"})
  void signIn_shouldHaveNoAccessibilityViolation(int width, int height, boolean dark) {
    browser.look(width, height, dark);
    assertThat(browser.accessibilityViolations()).isEmpty();
    screenshot(width, dark);

    browser.open(http.endpoint() + "/?error=access_denied&state=x");
    awaitSentence();
    assertThat(browser.accessibilityViolations()).isEmpty();
    assertThat(browser.policyViolations()).isEmpty();
  }

  private void screenshot(int width, boolean dark) {
    String folder = System.getProperty("screenshots", "");
    if (!folder.isBlank() && width > 600 && !dark) {
      browser.look(width, 520, false);
      browser.screenshot(Path.of(folder, "sign-in.png"));
    }
  }

  private String session(String field) {
    return read(session -> session.get(field)).toString();
  }

  private Object read(Function<Map<String, Object>, Object> question) {
    try {
      return question.apply(
          JSON.std.mapFrom(
              browser.run("return sessionStorage.getItem('bucketlens.session')").toString()));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void change(String function) {
    browser.run(
        """
        const key = 'bucketlens.session';
        sessionStorage.setItem(key, JSON.stringify((%s)(JSON.parse(sessionStorage.getItem(key)))));
        """
            .formatted(function));
  }
}
