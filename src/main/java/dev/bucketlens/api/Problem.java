package dev.bucketlens.api;

import dev.bucketlens.classify.InvalidOptionsException;
import dev.bucketlens.fetch.FetchException;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.json.Json;
import java.util.Locale;
import java.util.Map;

/**
 * An error as RFC 9457 has it, with a stable {@code code}, and with {@code error} for callers that
 * look for the pair of code and message.
 *
 * @param status HTTP status
 * @param code stable, for programs
 * @param detail one sentence, for people
 */
record Problem(int status, String code, String detail) {

  static Problem of(ApiException e) {
    return new Problem(e.status(), e.code(), e.getMessage());
  }

  static Problem of(ImageRejectedException e) {
    int status =
        switch (e.code()) {
          case TOO_MANY_BYTES -> 413;
          case UNSUPPORTED_FORMAT -> 415;
          default -> 422;
        };
    return new Problem(status, e.code().name(), e.getMessage());
  }

  /**
   * A URL that breaks a rule of the text is 400, one that policy refuses 403. What a foreign server
   * did is 422: the request cannot be fulfilled, and nothing is wrong with this one.
   */
  static Problem of(FetchException e) {
    int status =
        switch (e.code()) {
          case BAD_URL, SCHEME_NOT_ALLOWED, CREDENTIALS_IN_URL -> 400;
          case DISABLED, PORT_NOT_ALLOWED, HOST_NOT_ALLOWED, ADDRESS_NOT_PUBLIC -> 403;
          default -> 422;
        };
    String name = e.code().name();
    return new Problem(status, name.equals("BAD_URL") ? name : "URL_" + name, e.getMessage());
  }

  static Problem of(InvalidOptionsException e) {
    return new Problem(400, "INVALID_OPTIONS", e.getMessage());
  }

  Map<String, Object> toJson() {
    String words = code.toLowerCase(Locale.ROOT).replace('_', ' ');
    return Json.object(
        "type",
        "urn:bucketlens:problem:" + words.replace(' ', '-'),
        "title",
        words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1),
        "status",
        status,
        "detail",
        detail,
        "code",
        code,
        "error",
        error());
  }

  /** Just code and message, as it stands beside good results of the same answer. */
  Map<String, Object> error() {
    return Json.object("code", code, "message", detail);
  }

  ApiResponse toResponse() {
    return ApiResponse.text(status, ApiResponse.PROBLEM_TYPE, Json.write(toJson()));
  }
}
