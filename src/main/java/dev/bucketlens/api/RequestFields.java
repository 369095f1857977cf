package dev.bucketlens.api;

import dev.bucketlens.json.FieldErrors;
import dev.bucketlens.json.Json;
import dev.bucketlens.json.JsonObject;
import dev.bucketlens.json.JsonSyntaxException;
import java.util.Collection;
import java.util.Map;

/** The named values of a request; what is wrong with one is answered with 400 and its name. */
final class RequestFields implements FieldErrors<ApiException> {
  private static final RequestFields ERRORS = new RequestFields();

  private RequestFields() {}

  /**
   * Of a body.
   *
   * @throws ApiException 400 if the text is not exactly one JSON object
   */
  static JsonObject<ApiException> ofJson(byte[] body) {
    try {
      if (Json.read(body) instanceof Map<?, ?> values) {
        return of(values);
      }
    } catch (JsonSyntaxException e) {
      // The parser's own words quote the input, which a caller's log need not hold.
    }
    throw new ApiException(400, "INVALID_JSON", "The body is not a JSON object.");
  }

  static JsonObject<ApiException> of(Map<?, ?> values) {
    return JsonObject.of(values, ERRORS);
  }

  /** Of a query or a form. */
  static JsonObject<ApiException> ofTexts(Map<String, String> texts) {
    return JsonObject.ofTexts(texts, ERRORS);
  }

  @Override
  public ApiException wrong(String path, Object found, String expected) {
    return ApiException.invalid(path, expected);
  }

  /** A name comes from the caller: what is quoted back is short and plain. */
  @Override
  public ApiException unknown(String path, Collection<String> known) {
    String plain = path.replaceAll("[^A-Za-z0-9_.-]", "?");
    return new ApiException(
        400,
        "UNKNOWN_FIELD",
        "\"%s\" is not known here; %s."
            .formatted(
                plain.substring(0, Math.min(plain.length(), 40)),
                known.isEmpty()
                    ? "nothing is asked for"
                    : "known are " + String.join(", ", known.stream().sorted().toList())));
  }
}
