package dev.bucketlens.local;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** API Gateway's payload format 2.0, from and to HTTP. */
final class PayloadV2 {

  /** What API Gateway takes at most. */
  static final int MAX_BODY_BYTES = 10 << 20;

  private PayloadV2() {}

  /**
   * A function's answer.
   *
   * @param headers response headers by name
   * @param body the bytes to send, already decoded from base64 where the function used it
   */
  @SuppressWarnings("ArrayRecordComponent") // written to the socket at once, never compared
  record Response(int status, Map<String, String> headers, byte[] body) {

    static Response json(int status, String json) {
      return new Response(
          status,
          Map.of("content-type", "application/json"),
          json.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The event for one request. The body travels as text when it is, otherwise as base64. */
  static byte[] event(HttpExchange exchange, byte[] body) throws IOException {
    URI uri = exchange.getRequestURI();
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    boolean text = isText(headers.getOrDefault("content-type", ""));
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("version", "2.0");
    event.put("routeKey", "$default");
    event.put(
        "rawPath", URLDecoder.decode(uri.getRawPath().replace("+", "%2B"), StandardCharsets.UTF_8));
    event.put("rawQueryString", uri.getRawQuery() == null ? "" : uri.getRawQuery());
    event.put("headers", headers);
    event.put("queryStringParameters", query(uri.getRawQuery()));
    event.put("requestContext", requestContext(exchange));
    if (body.length > 0) {
      event.put(
          "body",
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
    }
    event.put("isBase64Encoded", body.length > 0 && !text);
    return JSON.std.asBytes(event);
  }

  /** Reads what a function answered; a bare JSON document is a 200, as API Gateway has it. */
  static Response response(String answer) throws IOException {
    if (answer.isEmpty()) {
      return Response.json(200, "");
    }
    Map<String, Object> map = JSON.std.mapFrom(answer);
    if (!(map.get("statusCode") instanceof Number status)) {
      return Response.json(200, answer);
    }
    Map<String, String> headers = new LinkedHashMap<>();
    if (map.get("headers") instanceof Map<?, ?> given) {
      given.forEach((name, value) -> headers.put(name.toString(), value.toString()));
    }
    String body = map.get("body") == null ? "" : map.get("body").toString();
    byte[] bytes =
        Boolean.TRUE.equals(map.get("isBase64Encoded"))
            ? Base64.getDecoder().decode(body)
            : body.getBytes(StandardCharsets.UTF_8);
    return new Response(status.intValue(), headers, bytes);
  }

  private static boolean isText(String contentType) {
    String type = contentType.toLowerCase(Locale.ROOT);
    return type.startsWith("text/")
        || type.startsWith("application/json")
        || type.startsWith("application/x-amz-json")
        || type.startsWith("application/javascript")
        || type.startsWith("application/xml");
  }

  private static Map<String, String> query(String rawQuery) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (rawQuery != null && !rawQuery.isEmpty()) {
      for (String pair : rawQuery.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.merge(decode(name), decode(value), (a, b) -> a + "," + b);
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static Map<String, Object> requestContext(HttpExchange exchange) {
    Instant now = Instant.now();
    return Map.of(
        "accountId", "000000000000",
        "apiId", "local",
        "domainName", "127.0.0.1",
        "http",
            Map.of(
                "method", exchange.getRequestMethod(),
                "path", exchange.getRequestURI().getPath(),
                "protocol", exchange.getProtocol(),
                "sourceIp", exchange.getRemoteAddress().getAddress().getHostAddress(),
                "userAgent", String.valueOf(exchange.getRequestHeaders().getFirst("user-agent"))),
        "requestId", UUID.randomUUID().toString(),
        "routeKey", "$default",
        "stage", "$default",
        "time", now.toString(),
        "timeEpoch", now.toEpochMilli());
  }
}
