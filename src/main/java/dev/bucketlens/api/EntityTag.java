package dev.bucketlens.api;

import java.util.Arrays;
import java.util.HexFormat;

/** Entity tags, so that whoever asks again and again is told briefly that nothing changed. */
final class EntityTag {

  private static final int BYTES = 12;

  private EntityTag() {}

  /**
   * Returns a weak tag: equal for texts that mean the same, were they not written byte for byte.
   */
  static String weak(String meaning) {
    byte[] hash = Arrays.copyOf(Digests.sha256(meaning), BYTES);
    return "W/\"" + HexFormat.of().formatHex(hash) + "\"";
  }

  /**
   * Returns {@code response} with the tag, or a 304 if the caller has it already. A browser puts
   * the headers of a 304 over those that it kept, so they are the same as those of the response.
   */
  static ApiResponse answer(ApiRequest request, String tag, ApiResponse response) {
    boolean known =
        Arrays.stream(request.header("if-none-match").split(",", -1))
            .map(String::strip)
            .anyMatch(tag::equals);
    ApiResponse answer = known ? new ApiResponse(304, response.headers(), "") : response;
    return answer.with("etag", tag).with("cache-control", "private, no-cache");
  }
}
