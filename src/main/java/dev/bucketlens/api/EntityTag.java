package dev.bucketlens.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

/** Entity tags, so that whoever asks again and again is told briefly that nothing changed. */
final class EntityTag {

  private static final int BYTES = 12;

  private EntityTag() {}

  /**
   * Returns a weak tag: equal for texts that mean the same, were they not written byte for byte.
   */
  static String weak(String meaning) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(meaning.getBytes(StandardCharsets.UTF_8));
      return "W/\"" + HexFormat.of().formatHex(Arrays.copyOf(hash, BYTES)) + "\"";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Returns a 304 if the caller knows {@code tag} already, otherwise the response with the tag. */
  static ApiResponse answer(ApiRequest request, String tag, Supplier<ApiResponse> response) {
    Map<String, String> headers = Map.of("etag", tag, "cache-control", "private, no-cache");
    boolean known =
        Arrays.stream(request.header("if-none-match").split(","))
            .map(String::strip)
            .anyMatch(tag::equals);
    ApiResponse answer = known ? new ApiResponse(304, Map.of(), "") : response.get();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      answer = answer.with(header.getKey(), header.getValue());
    }
    return answer;
  }
}
