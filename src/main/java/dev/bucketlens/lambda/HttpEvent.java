package dev.bucketlens.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.IAM;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
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
    APIGatewayV2HTTPEvent http = read(event);
    return new ApiRequest(
        http.getRequestContext().getHttp().getMethod(),
        path(http.getRawPath(), http.getRequestContext()),
        query(http.getRawQueryString()),
        http.getHeaders(),
        body(http),
        caller(http.getRequestContext().getAuthorizer()),
        requestId);
  }

  private static APIGatewayV2HTTPEvent read(Map<String, Object> event) {
    Map<?, ?> context = map(event.get("requestContext"));
    Map<?, ?> authorizer = map(context.get("authorizer"));
    JWT jwt =
        JWT.builder().withClaims(texts(map(map(authorizer.get("jwt")).get("claims")))).build();
    IAM iam = new IAM();
    iam.setUserArn(text(map(authorizer.get("iam")).get("userArn")));
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(text(event.get("rawPath")))
        .withRawQueryString(text(event.get("rawQueryString")))
        .withHeaders(texts(map(event.get("headers"))))
        .withBody(text(event.get("body")))
        .withIsBase64Encoded(Boolean.TRUE.equals(event.get("isBase64Encoded")))
        .withRequestContext(
            RequestContext.builder()
                .withDomainName(text(context.get("domainName")))
                .withStage(text(context.get("stage")))
                .withHttp(
                    Http.builder().withMethod(text(map(context.get("http")).get("method"))).build())
                .withAuthorizer(Authorizer.builder().withJwt(jwt).withIam(iam).build())
                .build())
        .build();
  }

  static Map<String, Object> answer(ApiResponse response) {
    return written(
        APIGatewayV2HTTPResponse.builder()
            .withStatusCode(response.status())
            .withHeaders(response.headers())
            .withBody(response.body())
            .withIsBase64Encoded(false)
            .build());
  }

  private static Map<String, Object> written(APIGatewayV2HTTPResponse response) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("statusCode", response.getStatusCode());
    answer.put("headers", response.getHeaders());
    answer.put("body", response.getBody());
    answer.put("isBase64Encoded", response.getIsBase64Encoded());
    return answer;
  }

  /**
   * HTTP APIs decode the path, function URLs do not; decoding one twice would turn the key {@code
   * 100%25.jpg} into another. A stage that has a name stands before the path.
   */
  private static String path(String rawPath, RequestContext context) {
    boolean encoded = context.getDomainName().contains(".lambda-url.");
    String path = encoded ? decode(rawPath.replace("+", "%2B")) : rawPath;
    String stage = "/" + context.getStage();
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

  private static byte[] body(APIGatewayV2HTTPEvent event) {
    return event.getIsBase64Encoded()
        ? Base64.getDecoder().decode(event.getBody())
        : event.getBody().getBytes(StandardCharsets.UTF_8);
  }

  /** Whom the gateway let in: the subject of a token, or who signed. */
  private static Optional<String> caller(Authorizer authorizer) {
    String subject = authorizer.getJwt().getClaims().getOrDefault("sub", "");
    String signer = authorizer.getIam().getUserArn();
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
