package dev.bucketlens.api;

import java.net.URI;
import java.util.Map;

/** Lets pages of one configured origin call the API; all others are left to the browser's no. */
final class Cors {

  private final String origin;
  private final Router router;

  Cors(URI origin, Router router) {
    this.origin = origin == null ? "" : origin.toString();
    this.router = router;
  }

  /** Answers {@code OPTIONS}, asked by browsers before other requests than the simplest. */
  ApiResponse preflight(ApiRequest request) {
    String allowed = router.allowed(request.path());
    ApiResponse response = new ApiResponse(204, Map.of("allow", allowed), "");
    if (!isAllowed(request)) {
      return response;
    }
    return response
        .with("access-control-allow-methods", allowed)
        .with("access-control-allow-headers", "authorization, content-type, if-none-match")
        .with("access-control-max-age", "600");
  }

  ApiResponse allow(ApiRequest request, ApiResponse response) {
    if (origin.isEmpty()) {
      return response.with("cross-origin-resource-policy", "same-origin");
    }
    String vary = response.headers().get("vary");
    ApiResponse varied = response.with("vary", vary == null ? "Origin" : vary + ", Origin");
    return isAllowed(request)
        ? varied
            .with("access-control-allow-origin", origin)
            .with("access-control-expose-headers", "etag, link")
        : varied;
  }

  private boolean isAllowed(ApiRequest request) {
    return !origin.isEmpty() && request.header("origin").equals(origin);
  }
}
