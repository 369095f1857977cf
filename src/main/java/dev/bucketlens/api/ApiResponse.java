package dev.bucketlens.api;

import dev.bucketlens.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One HTTP response. All bodies are text in UTF-8.
 *
 * @param headers names in lower case
 */
public record ApiResponse(int status, Map<String, String> headers, String body) {

  static final String JSON_TYPE = "application/json";
  static final String PROBLEM_TYPE = "application/problem+json";

  /** Copies the headers. */
  public ApiResponse {
    headers = Map.copyOf(headers);
    Objects.requireNonNull(body, "body");
  }

  /** A 200 with {@code value} (maps, lists, texts, numbers) as JSON. */
  static ApiResponse json(Object value) {
    return text(200, JSON_TYPE, Json.write(value));
  }

  static ApiResponse text(int status, String contentType, String body) {
    return new ApiResponse(status, Map.of("content-type", contentType), body);
  }

  ApiResponse with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new ApiResponse(status, more, body);
  }

  ApiResponse withoutBody() {
    return new ApiResponse(status, headers, "");
  }
}
