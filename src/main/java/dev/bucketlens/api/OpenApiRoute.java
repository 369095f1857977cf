package dev.bucketlens.api;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code GET /openapi.json}: the API's description, read when it is asked for. */
final class OpenApiRoute {

  private OpenApiRoute() {}

  static ApiResponse describe(ApiRequest request, Map<String, String> path) {
    String text = new String(PackagedFile.read("openapi.json"), StandardCharsets.UTF_8);
    ApiResponse answer = ApiResponse.text(200, ApiResponse.JSON_TYPE, text);
    return EntityTag.answer(request, EntityTag.weak(text), answer);
  }
}
