package dev.bucketlens.api;

import static dev.bucketlens.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of signing in, and which endpoints the page may call for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SignInRouteTest {

  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final AtomicReference<String> metadata = new AtomicReference<>();
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final Clock clock = ((InstantSource) now::get).withZone(ZoneOffset.UTC);
  private HttpServer server;
  private ApiFixture fixture;
  private String issuer;

  @BeforeAll
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/friends/.well-known/openid-configuration",
        exchange -> {
          try (exchange) {
            byte[] answer = metadata.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.length == 0 ? 503 : 200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
    issuer = "http://127.0.0.1:" + server.getAddress().getPort() + "/friends/";
    fixture = ApiFixture.start(server.getAddress().getPort());
  }

  @AfterAll
  void stop() throws IOException {
    server.stop(0);
    fixture.close();
  }

  @BeforeEach
  void answer() {
    now.set(NOON);
    metadata.set(good());
  }

  private String good() {
    return """
    {"issuer": "%s", "authorization_endpoint": "https://login.example/authorize",
     "token_endpoint": "https://login.example/token?policy=page", "revocation_endpoint": "https://login.example/revoke",
     "end_session_endpoint": "https://login.example/out", "scopes_supported": ["phone", "openid", "offline_access"],
     "code_challenge_methods_supported": ["S256"]}
    """
        .formatted(issuer);
  }

  private Api discovering() {
    return fixture.deployed(
        new Access.Token(new IdentityProvider(URI.create(issuer), "page", "photos", null)),
        ApiFixture.BUCKET_SETTINGS,
        clock);
  }

  private static ApiResponse get(Api api, String path) {
    return api.handle(new ApiRequest("GET", path, Map.of(), Map.of(), new byte[0]));
  }

  private static String policy(Api api) {
    return get(api, "/").headers().get("content-security-policy");
  }

  @Test
  void signIn_shouldTellTheEndpointsOfCognito_withoutAskingAnybody() {
    Api api =
        fixture.deployed(
            new Access.Token(
                new IdentityProvider(
                    URI.create("https://cognito-idp.eu-central-1.amazonaws.com/pool"),
                    "client",
                    "client",
                    URI.create("https://photos.auth.eu-central-1.amazoncognito.com"))),
            ApiFixture.BUCKET_SETTINGS,
            clock);

    assertThat(json(get(api, "/sign-in")))
        .containsEntry("access", "token")
        .containsEntry("clientId", "client")
        .containsEntry("scope", "openid email")
        .containsEntry(
            "authorizationEndpoint",
            "https://photos.auth.eu-central-1.amazoncognito.com/oauth2/authorize")
        .containsEntry("endSessionReturn", "logout_uri");
    assertThat(policy(api))
        .contains(
            "; connect-src 'self' "
                + "http://127.0.0.1:"
                + fixture.s3.endpoint().getPort()
                + " https://photos.auth.eu-central-1.amazoncognito.com/oauth2/token"
                + " https://photos.auth.eu-central-1.amazoncognito.com/oauth2/revoke; ");
  }

  @Test
  void signIn_shouldTellTheEndpointsThatTheProviderNames() {
    Api api = discovering();

    assertThat(json(get(api, "/sign-in")))
        .containsEntry("issuer", issuer)
        .containsEntry("audience", "photos")
        .containsEntry("scope", "offline_access openid")
        .containsEntry("tokenEndpoint", "https://login.example/token?policy=page")
        .containsEntry("endSessionReturn", "post_logout_redirect_uri");
    assertThat(policy(api))
        .contains(" https://login.example/token https://login.example/revoke; ")
        .doesNotContain("policy=page", "authorize");
  }

  @Test
  void signIn_shouldSayWhatElseIsAskedFor() {
    Api signed = fixture.deployed(new Access.Signature(), ApiFixture.BUCKET_SETTINGS, clock);

    assertThat(json(get(signed, "/sign-in"))).containsEntry("access", "signature");
    assertThat(json(get(fixture.api, "/sign-in"))).containsOnly(Map.entry("access", "open"));
    assertThat(policy(fixture.api)).doesNotContain("https:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"issuer\": \"https://another.example\"}",
        "ISSUER \"authorization_endpoint\": \"https://login.example/authorize\"}",
        "ISSUER \"authorization_endpoint\": \"http://login.example/a\", \"token_endpoint\":"
            + " \"https://login.example/t\"}",
        "ISSUER \"authorization_endpoint\": \"https://login.example/a\", \"token_endpoint\":"
            + " \"https://login.example/t; script-src *\"}",
        "ISSUER \"authorization_endpoint\": \"https://login.example/a\", \"token_endpoint\":"
            + " \"https://login.example/t;x\"}",
        "ISSUER \"authorization_endpoint\": \"https://login.example/a\", \"token_endpoint\":"
            + " \"https://a@login.example/t\"}",
        "ISSUER \"authorization_endpoint\": \"javascript:alert(1)\", \"token_endpoint\":"
            + " \"https://login.example/t\"}",
        "ISSUER \"authorization_endpoint\": 1, \"token_endpoint\": \"https://login.example/t\"}",
      })
  void signIn_shouldAnswer503_whenTheProviderAnswersNothingThatIsGood(String answer) {
    metadata.set(answer.replace("ISSUER", "{\"issuer\": \"" + issuer + "\","));
    Api api = discovering();

    ApiResponse response = get(api, "/sign-in");

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers()).containsEntry("retry-after", "5");
    assertThat(json(response)).containsEntry("code", "SIGN_IN_UNAVAILABLE");
    assertThat(get(api, "/").status()).isEqualTo(200);
    assertThat(policy(api)).doesNotContain("login.example");
  }

  @Test
  void signIn_shouldAskAgainSoon_whenTheProviderWasDown() {
    metadata.set("");
    Api api = discovering();
    assertThat(get(api, "/sign-in").status()).isEqualTo(503);
    metadata.set(good());

    now.set(NOON.plus(Discovery.PATIENCE).plusMillis(1));

    assertThat(get(api, "/sign-in").status()).isEqualTo(200);
  }

  @Test
  void signIn_shouldKeepWhatItKnows_whenTheProviderGoesDown() {
    Api api = discovering();
    assertThat(get(api, "/sign-in").status()).isEqualTo(200);
    metadata.set("");

    now.set(NOON.plus(Discovery.FRESH).plusMillis(1));

    assertThat(get(api, "/sign-in").status()).isEqualTo(200);
  }
}
