package dev.bucketlens.api;

import static dev.bucketlens.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is the same for all routes: finding them, refusing, headers, and the shape of problems. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApiTest {

  private ApiFixture fixture;

  @BeforeAll
  void start() throws Exception {
    fixture = ApiFixture.start(80);
  }

  @AfterAll
  void stop() throws Exception {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/nothing", "/images/bucket", "/images/bucket/", "//", "", "/page/../api"})
  void handle_shouldAnswer404_whenThePathIsUnknown(String path) {
    assertProblem(fixture.get(path), 404, "NOT_FOUND");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /classify, 'OPTIONS, POST'",
    "DELETE, /images/b/k, 'GET, HEAD, OPTIONS'",
    "PUT, /images, 'GET, HEAD, OPTIONS'",
    "TRACE, /model, 'GET, HEAD, OPTIONS'",
    "PATCH, /, 'GET, HEAD, OPTIONS, POST'",
  })
  void handle_shouldNameTheMethods_whenThisOneIsNotTaken(String method, String path, String allow) {
    ApiResponse response = send(method, path, Map.of(), "");

    assertProblem(response, 405, "METHOD_NOT_ALLOWED");
    assertThat(response.headers()).containsEntry("allow", allow);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /classify      | not json                                | INVALID_JSON
          /classify      | [1]                                     | INVALID_JSON
          /classify      | {"url":"http://a.example/"} x           | INVALID_JSON
          /classify      | {"url":"http://a.example/","url":"x"}   | INVALID_JSON
          /classify      | {}                                      | INVALID_FIELD
          /classify      | {"url":7}                               | INVALID_FIELD
          /classify      | {"url":"x","urls":["x"]}                | INVALID_FIELD
          /classify      | {"urls":[]}                             | INVALID_FIELD
          /classify      | {"urls":"x,y"}                          | INVALID_FIELD
          /classify      | {"url":"x","maxResults":"3"}            | INVALID_FIELD
          /classify      | {"urls":["x",1]}                        | INVALID_FIELD
          /classify      | {"url":"x","maxResults":0}              | INVALID_FIELD
          /classify      | {"url":"x","maxResults":1.5}            | INVALID_FIELD
          /classify      | {"url":"x","maxResults":true}           | INVALID_FIELD
          /classify      | {"url":"x","maxResults":null}           | INVALID_FIELD
          /classify      | {"url":"x","minScore":2}                | INVALID_FIELD
          /classify      | {"url":"x","minScore":"NaN"}            | INVALID_FIELD
          /classify      | {"url":"x","include":[""]}              | INVALID_FIELD
          /classify      | {"url":"x","maxresults":1}              | UNKNOWN_FIELD
          /classify      | {"url":"x","include":["a"],"exclude":["b"]} | INVALID_OPTIONS
          /classify      | {"url":"ftp://a.example/"}              | URL_SCHEME_NOT_ALLOWED
          /classify      | {"url":"file:///etc/passwd"}            | URL_SCHEME_NOT_ALLOWED
          /classify      | {"url":"http://"}                       | BAD_URL
          /classify      | {"url":"http://a@b.example/"}           | URL_CREDENTIALS_IN_URL
          /uploads       | {}                                      | INVALID_FIELD
          /uploads       | {"contentType":"text/html"}             | INVALID_FIELD
          /uploads       | {"contentType":"image/png","fileName":""} | INVALID_FIELD
          /uploads       | {"contentType":"image/png","key":"mine"} | UNKNOWN_FIELD
          """)
  void handle_shouldAnswer400_whenTheBodyIsWrong(String path, String body, String code) {
    assertProblem(fixture.post(path, body), 400, code);
  }

  @ParameterizedTest
  @CsvSource({
    "http://10.0.0.1/, URL_ADDRESS_NOT_PUBLIC",
    "http://169.254.169.254/latest/, URL_ADDRESS_NOT_PUBLIC",
    "http://a.example:22/, URL_PORT_NOT_ALLOWED",
  })
  void handle_shouldAnswer403_whenPolicyRefusesTheUrl(String url, String code) {
    assertProblem(fixture.post("/classify", "{\"url\":\"" + url + "\"}"), 403, code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/xml", "application/x-www-form-urlencoded", ""})
  void handle_shouldAnswer415_whenTheBodyIsOfAnotherKind(String type) {
    assertProblem(
        send("POST", "/classify", Map.of("content-type", type), "url=x"),
        415,
        "UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void handle_shouldAnswer413_whenTheBodyIsTooLong() {
    ApiResponse response =
        fixture.send(
            "POST",
            "/classify",
            new String[0],
            Map.of("content-type", "image/jpeg"),
            new byte[4_500_001]);

    assertProblem(response, 413, "BODY_TOO_LARGE");
    assertThat(response.body()).contains("4,500,001", "4,500,000", "POST /uploads");
  }

  @Test
  void handle_shouldAnswer415_whenTheBodyIsEncoded() {
    ApiResponse response =
        send(
            "POST",
            "/classify",
            Map.of("content-type", "application/json", "content-encoding", "gzip"),
            "{}");

    assertProblem(response, 415, "UNSUPPORTED_ENCODING");
  }

  /** What the table would refuse, and DynamoDB with it, is refused before. */
  @Test
  void handle_shouldAnswer4xx_whenAKeyIsLongerThanTheTableTakes() {
    String longKey = "é".repeat(1100);

    assertThat(fixture.get("/images/images/" + longKey).status()).isEqualTo(404);
    assertThat(fixture.get("/images", "label", longKey).status()).isEqualTo(400);
    assertThat(fixture.get("/images", "prefix", longKey).status()).isEqualTo(200);
    assertThat(
            fixture
                .post(
                    "/detect-labels",
                    "{\"Image\":{\"S3Object\":{\"Bucket\":\"images\",\"Name\":\"%s\"}}}"
                        .formatted(longKey))
                .status())
        .isEqualTo(400);
  }

  /** Half of a pair of surrogates is valid JSON and no text. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /detect-labels | {"Image":{"S3Object":{"Bucket":"images","Name":"\\ud800"}}}
          /classify      | {"url":"http://127.0.0.1/\\ud800"}
          /classify      | {"url":"http://127.0.0.1/a","include":["\\ud800"]}
          /uploads       | {"contentType":"image/png","fileName":"\\ud800"}
          """)
  void handle_shouldNotFail_whenATextIsNone(String path, String body) {
    assertThat(fixture.post(path, body).status()).as(body).isBetween(200, 499);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "ISO-8859-1"})
  void handle_shouldNotFail_whenTheBodyIsInAnotherEncoding(String charset) {
    ApiResponse response =
        fixture.send(
            "POST",
            "/uploads",
            new String[0],
            Map.of("content-type", "application/json"),
            "{\"contentType\":\"image/png\",\"fileName\":\"é\"}"
                .getBytes(Charset.forName(charset)));

    assertThat(response.status()).isBetween(200, 499);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=101",
        "limit=x",
        "limit=",
        "minScore=1.1",
        "minScore=",
        "status=classified",
        "status=DELETED",
        "day=2026-02-30",
        "day=x",
        "label=",
        "cursor=x",
        "cursor=",
        "previews=1",
        "colour=red"
      })
  void handle_shouldAnswer400_whenAQueryParameterIsWrong(String parameter) {
    String[] nameAndValue = parameter.split("=", -1);

    ApiResponse response = fixture.get("/images", nameAndValue);

    assertThat(response.status()).as(response.body()).isEqualTo(400);
    assertThat(response.body()).contains("\\\"" + nameAndValue[0] + "\\\"");
  }

  @Test
  void handle_shouldNotEchoMarkup_whenANameCarriesSome() {
    ApiResponse response = fixture.get("/images", "<script>alert(1)</script>", "x");

    assertProblem(response, 400, "UNKNOWN_FIELD");
    assertThat(response.body()).doesNotContain("<script>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/model", "/nothing", "/images", "/openapi.json"})
  void handle_shouldSendSecurityHeaders_whateverItAnswers(String path) {
    Map<String, String> headers = fixture.get(path).headers();

    assertThat(headers)
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("referrer-policy", "no-referrer")
        .containsKeys("strict-transport-security", "cache-control", "permissions-policy");
    assertThat(headers.get("content-security-policy"))
        .startsWith("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void handle_shouldAnswerHeadLikeGetWithoutBody() {
    ApiResponse response = send("HEAD", "/model", Map.of(), "");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void handle_shouldAllowTheConfiguredOrigin() {
    Map<String, String> origin = Map.of("Origin", ApiFixture.ORIGIN.toString());

    ApiResponse preflight = send("OPTIONS", "/classify", origin, "");
    ApiResponse answer = send("GET", "/model", origin, "");

    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.headers())
        .containsEntry("access-control-allow-origin", ApiFixture.ORIGIN.toString())
        .containsEntry("access-control-allow-methods", "OPTIONS, POST")
        .containsEntry("vary", "Origin");
    assertThat(answer.headers())
        .containsEntry("access-control-allow-origin", ApiFixture.ORIGIN.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://evil.example", "null", "https://photos.example.evil.example", ""})
  void handle_shouldAllowNoOtherOrigin(String origin) {
    ApiResponse preflight = send("OPTIONS", "/classify", Map.of("origin", origin), "");

    assertThat(preflight.headers()).doesNotContainKey("access-control-allow-origin");
    assertThat(preflight.headers()).containsEntry("vary", "Origin");
  }

  /** A browser keeps the headers of the 304: with the policy of JSON it would block the page. */
  @ParameterizedTest
  @ValueSource(strings = {"/", "/openapi.json"})
  void page_shouldAnswer304WithTheSameHeaders_whenTheBrowserHasIt(String path) {
    ApiResponse first = fixture.get(path);

    ApiResponse second =
        send("GET", path, Map.of("If-None-Match", first.headers().get("etag")), "");

    assertThat(second.status()).isEqualTo(304);
    assertThat(second.body()).isEmpty();
    assertThat(ofThePage(second)).isEqualTo(ofThePage(first));
  }

  @Test
  void page_shouldStayBelow100Kilobytes() {
    assertThat(fixture.get("/").body().getBytes(StandardCharsets.UTF_8))
        .hasSizeBetween(10_000, 100_000);
  }

  /** All but the one that names the request. */
  private static Map<String, String> ofThePage(ApiResponse answer) {
    Map<String, String> headers = new TreeMap<>(answer.headers());
    assertThat(headers.remove(Api.REQUEST_ID)).isNotBlank();
    return headers;
  }

  private ApiResponse send(String method, String path, Map<String, String> headers, String body) {
    return fixture.send(
        method, path, new String[0], headers, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void assertProblem(ApiResponse response, int status, String code) {
    assertThat(response.status()).as(response.body()).isEqualTo(status);
    assertThat(response.headers()).containsEntry("content-type", "application/problem+json");
    Map<String, Object> problem = json(response);
    assertThat(problem).containsEntry("status", status).containsEntry("code", code);
    assertThat(problem.get("type")).asString().startsWith("urn:bucketlens:problem:");
    assertThat(problem.get("detail")).asString().endsWith(".");
    assertThat(problem)
        .containsEntry("error", Map.of("code", code, "message", problem.get("detail")));
  }
}
