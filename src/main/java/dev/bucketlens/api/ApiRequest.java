package dev.bucketlens.api;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * One HTTP request.
 *
 * @param method upper case
 * @param path decoded, starting with a slash
 * @param query decoded parameters; the last one wins where a name repeats
 * @param headers by name in any case
 * @param body empty if there is none
 * @param caller who the gateway found to call: a token's subject, or an ARN of AWS's; empty for
 *     anybody
 * @param requestId the invocation's, as in the log; the answer tells it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ApiRequest(
    String method,
    String path,
    Map<String, String> query,
    Map<String, String> headers,
    byte[] body,
    Optional<String> caller,
    String requestId) {

  /** Makes header names findable in any case. */
  public ApiRequest {
    method = method.toUpperCase(Locale.ROOT);
    Objects.requireNonNull(path, "path");
    query = Map.copyOf(query);
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = byName;
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(caller, "caller");
    Objects.requireNonNull(requestId, "requestId");
  }

  /** A request of anybody, with an id of its own. */
  public ApiRequest(
      String method,
      String path,
      Map<String, String> query,
      Map<String, String> headers,
      byte[] body) {
    this(method, path, query, headers, body, Optional.empty(), UUID.randomUUID().toString());
  }

  /** Returns the header's value, or an empty text. */
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** Returns the media type of the body in lower case without parameters, or an empty text. */
  String mediaType() {
    String type = header("content-type");
    int semicolon = type.indexOf(';');
    return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  ApiRequest withMethod(String other) {
    return new ApiRequest(other, path, query, headers, body, caller, requestId);
  }
}
