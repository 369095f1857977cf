package dev.bucketlens.api;

import java.net.URI;
import java.util.Map;

/** Lets pages of one configured origin call the API; all others are left to the browser's no. */
final class Cors {

  /**
   * What clients send that sign, that send JSON, and that are AWS's SDK; the template tells the
   * gateway the same.
   */
  static final String ALLOWED_HEADERS =
      "accept, amz-sdk-invocation-id, amz-sdk-request, authorization, content-type, if-none-match,"
          + " x-amz-content-sha256, x-amz-date, x-amz-security-token, x-amz-target,"
          + " x-amz-user-agent";

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
        .with("access-control-allow-headers", ALLOWED_HEADERS)
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
            .with("access-control-expose-headers", "etag, link, retry-after, " + Api.REQUEST_ID)
        : varied;
  }

  private boolean isAllowed(ApiRequest request) {
    return !origin.isEmpty() && request.header("origin").equals(origin);
  }
}
