package dev.bucketlens.api;

import static dev.bucketlens.api.ApiFixture.json;
import static dev.bucketlens.api.ApiFixture.photo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpServer;
import dev.bucketlens.testing.MultipartBody;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Classification through the API, with the model that ships and real pictures. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClassifyRouteTest {

  private static final String PHOTO = "landscape.jpg";

  private HttpServer server;
  private ApiFixture fixture;

  @BeforeAll
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String name = exchange.getRequestURI().getPath().substring(1);
          byte[] body = name.equals("text") ? new byte[] {'h', 'i'} : bytesOf(name);
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          if (body != null) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    fixture = ApiFixture.start(server.getAddress().getPort());
  }

  @AfterAll
  void stop() throws Exception {
    fixture.close();
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"image/jpeg", "IMAGE/PNG; q=1", "application/octet-stream"})
  void classify_shouldScoreTheBytes_whateverTheirTypeSays(String type) throws IOException {
    Map<String, Object> answer = json(send(type, photo(PHOTO)));

    assertThat(answer.keySet())
        .containsExactly("label", "score", "scores", "model", "image", "milliseconds");
    List<Map<String, Object>> scores = scores(answer);
    assertThat(scores).hasSize(5);
    assertThat(answer)
        .containsEntry("label", scores.getFirst().get("label"))
        .containsEntry("score", scores.getFirst().get("score"));
    assertThat(answer.get("model"))
        .isEqualTo(
            Map.of(
                "name", ApiFixture.MODEL.name(),
                "hash", ApiFixture.MODEL.hash()));
    assertThat(((Map<?, ?>) answer.get("image")).get("format")).isEqualTo("JPEG");
    assertThat(((Map<?, ?>) answer.get("milliseconds")).keySet()).hasToString("[decode, infer]");
  }

  @Test
  void classify_shouldAnswerAlike_forBytesUrlAndForm() throws IOException {
    byte[] form =
        new MultipartBody().field("maxResults", "5").file("file", "a.jpg", photo(PHOTO)).bytes();

    List<?> byBytes = scores(json(send("image/jpeg", photo(PHOTO))));
    Map<String, Object> byUrl = json(fixture.post("/classify", "{\"url\":\"" + url(PHOTO) + "\"}"));
    List<?> byForm = scores(json(send(new MultipartBody().contentType(), form)));

    assertThat(scores(byUrl)).isEqualTo(byBytes);
    assertThat(byForm).isEqualTo(byBytes);
    assertThat(((Map<?, ?>) byUrl.get("milliseconds")).containsKey("fetch")).isTrue();
  }

  /** As plain {@code curl -d} sends it. */
  @Test
  void classify_shouldReadJson_whenItIsSentAsAForm() {
    String json = "{\"url\":\"" + url(PHOTO) + "\"}";

    ApiResponse response =
        send("application/x-www-form-urlencoded", json.getBytes(StandardCharsets.UTF_8));

    assertThat(response.status()).as(response.body()).isEqualTo(200);
  }

  @Test
  void classify_shouldObeyOptions_fromBodyAndQuery() throws IOException {
    List<Map<String, Object>> all = scores(query("maxResults", "1000"));
    String first = all.get(0).get("label").toString();
    String second = all.get(1).get("label").toString();

    assertThat(all).hasSizeGreaterThan(5);
    assertThat(scores(query("maxResults", "1"))).hasSize(1);
    assertThat(scores(query("minScore", "1"))).allMatch(s -> s.get("score").equals(1.0));
    assertThat(labels(query("include", second + "," + first))).containsExactly(first, second);
    assertThat(labels(query("exclude", first))).doesNotContain(first).contains(second);
    String body = JSON.std.asString(Map.of("url", url(PHOTO), "maxResults", 2));
    ApiResponse both =
        fixture.send(
            "POST",
            "/classify",
            new String[] {"maxResults", "1"},
            Map.of("content-type", "application/json"),
            body.getBytes(StandardCharsets.UTF_8));
    assertThat(scores(json(both))).hasSize(2);
  }

  @Test
  void classify_shouldAnswerNulls_whenNoScorePasses() throws IOException {
    Map<String, Object> answer = query("minScore", "1");

    assertThat(scores(answer)).isEmpty();
    assertThat(answer).containsEntry("label", null).containsEntry("score", null);
  }

  @Test
  void classify_shouldAnswerEachUrlOnItsOwn_inOrder() throws IOException {
    List<String> urls =
        new ArrayList<>(List.of(url(PHOTO), url("none"), url("text"), "ftp://x.example/"));
    while (urls.size() < 16) {
      urls.add(url("rgb.png"));
    }

    Map<String, Object> answer =
        json(fixture.post("/classify", JSON.std.asString(Map.of("urls", urls))));

    List<?> results = (List<?>) answer.get("results");
    assertThat(results).extracting(result -> ((Map<?, ?>) result).get("url")).isEqualTo(urls);
    assertThat(code(results.get(0))).isNull();
    assertThat(code(results.get(1))).isEqualTo("URL_BAD_STATUS");
    assertThat(code(results.get(2))).isEqualTo("NOT_AN_IMAGE");
    assertThat(code(results.get(3))).isEqualTo("URL_SCHEME_NOT_ALLOWED");
    assertThat(results.subList(4, 16)).allMatch(result -> code(result) == null);
  }

  @ParameterizedTest
  @CsvSource({
    "'', 422, EMPTY",
    "hello, 422, NOT_AN_IMAGE",
  })
  void classify_shouldAnswerAProblem_whenTheBytesAreNoPicture(
      String text, int status, String code) {
    ApiResponse response = send("image/jpeg", text.getBytes(StandardCharsets.UTF_8));

    assertThat(response.status()).isEqualTo(status);
    assertThat(json(response)).containsEntry("code", code);
  }

  @ParameterizedTest
  @CsvSource({"none, URL_BAD_STATUS", "text, NOT_AN_IMAGE"})
  void classify_shouldAnswer422_whenTheUrlBringsNoPicture(String name, String code) {
    ApiResponse response = fixture.post("/classify", "{\"url\":\"" + url(name) + "\"}");

    assertThat(response.status()).isEqualTo(422);
    assertThat(json(response)).containsEntry("code", code);
  }

  @Test
  void classify_shouldAnswer400_whenALabelIsNoneOfTheModels() throws IOException {
    ApiResponse response =
        fixture.send(
            "POST",
            "/classify",
            new String[] {"include", "unicorn"},
            Map.of("content-type", "image/jpeg"),
            photo(PHOTO));

    assertThat(response.status()).isEqualTo(400);
    assertThat(json(response)).containsEntry("code", "INVALID_OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--b",
        "--b--",
        "--b\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nno end",
        "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"colour\"\r\n\r\nred\r\n--b--",
      })
  void classify_shouldAnswer400_whenTheFormIsMalformed(String form) {
    ApiResponse response =
        send("multipart/form-data; boundary=b", form.getBytes(StandardCharsets.UTF_8));

    assertThat(response.status()).as(response.body()).isEqualTo(400);
  }

  @Test
  void classify_shouldAnswer400_whenTheFormHasTwoFiles() {
    byte[] form =
        new MultipartBody().file("a", "a.jpg", new byte[1]).file("b", "b.jpg", new byte[1]).bytes();

    ApiResponse response = send(new MultipartBody().contentType(), form);

    assertThat(json(response)).containsEntry("code", "TOO_MANY_FILES");
  }

  @Test
  void classifyEvent_shouldAnswerEveryLabel_bestFirst() throws Exception {
    Map<String, Float> scores = fixture.api.classifyEvent(Map.of("url", url(PHOTO)));

    assertThat(scores).hasSize(fixture.classifier.model().labels().size());
    assertThat(new ArrayList<>(scores.values())).isSortedAccordingTo((a, b) -> Float.compare(b, a));
    assertThat(fixture.api.classifyEvent(Map.of("url", url(PHOTO), "maxResults", 3))).hasSize(3);
  }

  @Test
  void classifyEvent_shouldFail_whenThereIsNoUrl() {
    assertThatThrownBy(() -> fixture.api.classifyEvent(Map.of("uri", "x")))
        .hasMessageContaining("\"uri\" is not known");
  }

  @Test
  void health_shouldBeGood_whenTheModelAnswers() {
    assertThat(json(fixture.get("/health"))).containsEntry("status", "ok");
  }

  @Test
  void health_shouldBeBad_whenTheModelIsGone() throws Exception {
    try (ApiFixture broken = ApiFixture.start(80)) {
      broken.classifier.close();

      ApiResponse response = broken.get("/health");

      assertThat(response.status()).isEqualTo(503);
      assertThat(json(response)).containsEntry("code", "UNHEALTHY");
    }
  }

  @Test
  void model_shouldDescribeItself() {
    assertThat(json(fixture.get("/model")))
        .containsEntry("name", "efficientnet-lite0")
        .containsEntry("hash", ApiFixture.MODEL.hash())
        .containsEntry("fileHash", fixture.classifier.model().fileHash())
        .containsEntry("input", Map.of("width", 224, "height", 224))
        .containsKey("license")
        .containsEntry("labels", fixture.classifier.model().labels());
  }

  private ApiResponse send(String type, byte[] body) {
    return fixture.send("POST", "/classify", new String[0], Map.of("content-type", type), body);
  }

  private Map<String, Object> query(String... query) throws IOException {
    return json(
        fixture.send(
            "POST", "/classify", query, Map.of("content-type", "image/jpeg"), photo(PHOTO)));
  }

  private String url(String name) {
    return "http://photos.example:" + server.getAddress().getPort() + "/" + name;
  }

  private static byte[] bytesOf(String name) throws IOException {
    return name.equals("none") ? null : photo(name);
  }

  private static Object code(Object result) {
    return ((Map<?, ?>) result).get("error") instanceof Map<?, ?> error ? error.get("code") : null;
  }

  private static List<Object> labels(Map<String, Object> answer) {
    return scores(answer).stream().map(score -> score.get("label")).toList();
  }

  private static List<Map<String, Object>> scores(Map<String, Object> answer) {
    List<Map<String, Object>> scores = new ArrayList<>();
    for (Object score : (List<?>) answer.get("scores")) {
      Map<?, ?> map = (Map<?, ?>) score;
      scores.add(Map.of("label", map.get("label"), "score", map.get("score")));
    }
    return scores;
  }
}
