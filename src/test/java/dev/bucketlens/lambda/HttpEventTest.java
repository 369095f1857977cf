package dev.bucketlens.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.api.ApiRequest;
import dev.bucketlens.api.ApiResponse;
import dev.bucketlens.testing.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpEventTest {

  @Test
  void request_shouldReadTextBodies() {
    ApiRequest request = HttpEvent.request(Fixtures.event("url-http"), "request");

    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/classify");
    assertThat(request.headers()).containsEntry("Content-Type", "application/json");
    assertThat(new String(request.body(), StandardCharsets.UTF_8)).contains("\"maxResults\": 3");
  }

  @Test
  void request_shouldDecodeBase64Bodies() {
    ApiRequest request = HttpEvent.request(Fixtures.event("bytes-http"), "request");

    assertThat(request.query()).containsExactly(Map.entry("maxResults", "3"));
    assertThat(new String(request.body(), 1, 3, StandardCharsets.ISO_8859_1)).isEqualTo("PNG");
  }

  @Test
  void request_shouldNameWhomTheGatewayLetIn() {
    assertThat(caller(Map.of("jwt", Map.of("claims", Map.of("sub", "ann"))))).contains("ann");
    assertThat(caller(Map.of("iam", Map.of("userArn", "arn:aws:iam::1:user/bob"))))
        .contains("arn:aws:iam::1:user/bob");
    assertThat(caller(Map.of())).isEmpty();
  }

  private static Optional<String> caller(Map<String, Object> authorizer) {
    return HttpEvent.request(
            Map.of(
                "rawPath",
                "/",
                "requestContext",
                Map.of("http", Map.of("method", "GET"), "authorizer", authorizer)),
            "request")
        .caller();
  }

  @Test
  void isHttp_shouldTellADirectInvocation() {
    assertThat(HttpEvent.isHttp(Fixtures.event("url-http"))).isTrue();
    assertThat(HttpEvent.isHttp(Fixtures.event("url-direct"))).isFalse();
  }

  /** HTTP APIs hand the path over decoded, function URLs as it was sent. */
  @ParameterizedTest
  @CsvSource({
    "abc.execute-api.eu-central-1.amazonaws.com, $default, /images/b/100%25.jpg,"
        + " /images/b/100%25.jpg",
    "abc.execute-api.eu-central-1.amazonaws.com, $default, /images/b/a+b.jpg, /images/b/a+b.jpg",
    "abc.execute-api.eu-central-1.amazonaws.com, prod, /prod/images/b/k, /images/b/k",
    "abc.execute-api.eu-central-1.amazonaws.com, prod, /prod, /",
    "abc.execute-api.eu-central-1.amazonaws.com, prod, /products, /products",
    "abc.lambda-url.eu-central-1.on.aws, $default, /images/b/100%2525.jpg, /images/b/100%25.jpg",
    "abc.lambda-url.eu-central-1.on.aws, $default, /images/b/a+b%20c.jpg, /images/b/a+b c.jpg",
    "abc.lambda-url.eu-central-1.on.aws, $default, /images/b/%zz, /images/b/%zz",
  })
  void request_shouldDecodeThePathOnce(String domain, String stage, String raw, String expected) {
    Map<String, Object> event =
        Map.of(
            "rawPath",
            raw,
            "requestContext",
            Map.of("domainName", domain, "stage", stage, "http", Map.of("method", "GET")));

    assertThat(HttpEvent.request(event, "request").path()).isEqualTo(expected);
  }

  @Test
  void request_shouldReadTheQueryAsSent() {
    Map<String, Object> event = new HashMap<>(Fixtures.event("url-http"));
    event.put("rawQueryString", "label=tabby%20cat&prefix=a%2Bb+c&flag&bad=%zz&x=1&x=2");

    assertThat(HttpEvent.request(event, "request").query())
        .containsEntry("label", "tabby cat")
        .containsEntry("prefix", "a+b c")
        .containsEntry("flag", "")
        .containsEntry("bad", "%zz")
        .containsEntry("x", "2");
  }

  @Test
  void answer_shouldBePayloadFormat2() {
    Map<String, Object> answer =
        HttpEvent.answer(new ApiResponse(404, Map.of("content-type", "text/plain"), "gone"));

    assertThat(answer)
        .containsEntry("statusCode", 404)
        .containsEntry("headers", Map.of("content-type", "text/plain"))
        .containsEntry("body", "gone")
        .containsEntry("isBase64Encoded", false);
  }
}
