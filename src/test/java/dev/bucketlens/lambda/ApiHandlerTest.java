package dev.bucketlens.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.local.LocalContext;
import dev.bucketlens.testing.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample events for {@code sam local invoke}, through the function they are for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ApiHandlerTest {

  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "BUCKET", "images",
          "TABLE", "results",
          "AWS_REGION", "eu-central-1",
          "API_ACCESS", "public",
          "FETCH_DENY_HOSTS", "docker.internal");

  private App app;
  private ApiHandler handler;

  @BeforeAll
  void start() {
    app = App.start(Settings.from(ENVIRONMENT));
    handler = new ApiHandler(ApiWiring.around(app, ENVIRONMENT));
  }

  @AfterAll
  void stop() {
    app.close();
  }

  @Test
  void handleRequest_shouldScoreTheBytesOfAnHttpRequest() throws IOException {
    Map<String, Object> answer = invoke(Fixtures.event("bytes-http"));

    assertThat(answer).containsEntry("statusCode", 200).containsEntry("isBase64Encoded", false);
    Map<String, Object> body = JSON.std.mapFrom(answer.get("body").toString());
    assertThat((List<?>) body.get("scores")).hasSize(3);
  }

  @Test
  void handleRequest_shouldAnswerAProblem_whenAnHttpRequestCannotBeMet() throws IOException {
    Map<String, Object> answer = invoke(Fixtures.event("url-http"));

    assertThat(answer).containsEntry("statusCode", 403);
    assertThat(answer.get("body").toString()).contains("URL_HOST_NOT_ALLOWED");
  }

  @Test
  void handleRequest_shouldAnswer400_whenTheBodyIsNotInItsEncoding() throws IOException {
    Map<String, Object> event = new HashMap<>(Fixtures.event("bytes-http"));
    event.put("body", "*** no base64 ***");

    Map<String, Object> answer = invoke(event);

    assertThat(answer).containsEntry("statusCode", 400);
    assertThat(answer.get("body").toString()).contains("MALFORMED_REQUEST", "base64");
    assertThat(answer.get("headers").toString()).contains("nosniff");
  }

  @Test
  void handleRequest_shouldFailTheInvocation_whenADirectOneCannotBeMet() {
    assertThatThrownBy(() -> invoke(Fixtures.event("url-direct")))
        .hasMessageContaining("HOST_NOT_ALLOWED: This deployment does not fetch from host");
  }

  @ParameterizedTest
  @CsvSource({
    "FETCH_PORTS, '80,x', 80",
    "FETCH_ALLOW_NETWORKS, 10.0.0.0/40, 10.0.0.0/8",
    "FETCH_TIMEOUT_SECONDS, 26, 25",
    "URL_FETCH, maybe, on or off",
  })
  void start_shouldNameTheSetting_whenItIsWrong(String name, String value, String expected) {
    assertThatThrownBy(() -> ApiFunctionSettings.from(Map.of(name, value), app.settings()))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(expected);
  }

  private Map<String, Object> invoke(Map<String, Object> event) throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(JSON.std.asBytes(event)),
        output,
        new LocalContext("api", Duration.ofSeconds(30)));
    return JSON.std.mapFrom(output.toByteArray());
  }
}
