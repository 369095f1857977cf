package dev.bucketlens.lambda;

import dev.bucketlens.api.ApiRequest;
import dev.bucketlens.api.ApiResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Payload format 2.0: how HTTP APIs and function URLs hand a request over, and take the answer. */
final class HttpEvent {

  private HttpEvent() {}

  static boolean isHttp(Map<String, Object> event) {
    return event.containsKey("requestContext") && event.containsKey("rawPath");
  }

  /**
   * Reads a request.
   *
   * @param requestId the invocation's
   * @throws IllegalArgumentException if the body is not in base64 and its event says so
   */
  static ApiRequest request(Map<String, Object> event, String requestId) {
    Map<?, ?> context = map(event.get("requestContext"));
    Map<?, ?> http = map(context.get("http"));
    return new ApiRequest(
        text(http.get("method")),
        path(text(event.get("rawPath")), context),
        query(text(event.get("rawQueryString"))),
        texts(map(event.get("headers"))),
        body(event),
        caller(map(context.get("authorizer"))),
        requestId);
  }

  static Map<String, Object> answer(ApiResponse response) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("statusCode", response.status());
    answer.put("headers", response.headers());
    answer.put("body", response.body());
    answer.put("isBase64Encoded", false);
    return answer;
  }

  /**
   * HTTP APIs decode the path, function URLs do not; decoding one twice would turn the key {@code
   * 100%25.jpg} into another. A stage that has a name stands before the path.
   */
  private static String path(String rawPath, Map<?, ?> context) {
    boolean encoded = text(context.get("domainName")).contains(".lambda-url.");
    String path = encoded ? decode(rawPath.replace("+", "%2B")) : rawPath;
    String stage = "/" + text(context.get("stage"));
    if (path.equals(stage) || path.startsWith(stage + "/")) {
      path = path.substring(stage.length());
    }
    return path.isEmpty() ? "/" : path;
  }

  private static Map<String, String> query(String rawQuery) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        parameters.put(
            decode(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decode(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  /** Leaves as it stands what is no percent-encoding: then it names nothing we have. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static byte[] body(Map<String, Object> event) {
    String body = text(event.get("body"));
    return Boolean.TRUE.equals(event.get("isBase64Encoded"))
        ? Base64.getDecoder().decode(body)
        : body.getBytes(StandardCharsets.UTF_8);
  }

  /** Whom the gateway let in: the subject of a token, or who signed. */
  private static Optional<String> caller(Map<?, ?> authorizer) {
    String subject = text(map(map(authorizer.get("jwt")).get("claims")).get("sub"));
    String signer = text(map(authorizer.get("iam")).get("userArn"));
    return Optional.of(subject.isEmpty() ? signer : subject).filter(it -> !it.isEmpty());
  }

  private static Map<?, ?> map(Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  private static Map<String, String> texts(Map<?, ?> map) {
    Map<String, String> texts = new LinkedHashMap<>();
    map.forEach((name, value) -> texts.put(text(name), text(value)));
    return texts;
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }
}
