package dev.bucketlens.api;

import java.util.Map;
import java.util.Objects;

/** A request that is answered with a problem instead of a result. */
final class ApiException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;
  private final transient Map<String, String> headers;

  /**
   * @param status HTTP status, 400 or above
   * @param code stable, for programs
   * @param detail one sentence, for people
   */
  ApiException(int status, String code, String detail) {
    this(status, code, detail, Map.of());
  }

  ApiException(int status, String code, String detail, Map<String, String> headers) {
    super(Objects.requireNonNull(detail), null, false, false);
    this.status = status;
    this.code = Objects.requireNonNull(code);
    this.headers = Map.copyOf(headers);
  }

  /** 400 for one field or parameter; says which, and what it should be. */
  static ApiException invalid(String name, String expected) {
    return new ApiException(400, "INVALID_FIELD", "\"" + name + "\" must be " + expected + ".");
  }

  static ApiException notFound(String detail) {
    return new ApiException(404, "NOT_FOUND", detail);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  Map<String, String> headers() {
    return headers == null ? Map.of() : headers;
  }
}
