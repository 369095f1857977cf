package dev.bucketlens.api;

import dev.bucketlens.json.JsonObject;
import dev.bucketlens.results.ImageResult;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * {@code POST /uploads}: leave to put one file into the bucket. The key cannot be guessed, so
 * nobody can overwrite what another one uploads; the file's own name is kept as metadata.
 */
final class UploadsRoute {

  private static final int KEY_BYTES = 16;
  private static final int MAX_NAME = 255;
  private static final Map<String, String> SUFFIXES =
      Map.of(
          "image/jpeg", ".jpg",
          "image/png", ".png",
          "image/webp", ".webp",
          "image/gif", ".gif",
          "image/bmp", ".bmp",
          "image/tiff", ".tif");

  private final S3Signer signer;
  private final BucketSettings bucket;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  UploadsRoute(S3Signer signer, BucketSettings bucket, Clock clock) {
    this.signer = signer;
    this.bucket = bucket;
    this.clock = clock;
  }

  ApiResponse create(ApiRequest request, Map<String, String> path) {
    JsonObject<ApiException> fields = RequestFields.ofJson(request.body());
    fields.allowOnly(Set.of("contentType", "fileName"));
    String contentType = contentType(fields);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("key", newKey(contentType));
    form.put("Content-Type", contentType);
    form.put("success_action_status", "204");
    fields.text("fileName").ifPresent(name -> form.put("x-amz-meta-file-name", metadata(name)));
    Instant expiresAt = clock.instant().plus(bucket.signatureLife());
    Map<String, Object> answer =
        Json.object(
            "image", ImageResult.imageOf(bucket.name(), form.get("key")),
            "bucket", bucket.name(),
            "key", form.get("key"),
            "url", signer.bucketUrl(bucket.name()).toString(),
            "fields", signer.presignPost(bucket.name(), form, bucket.maxUploadBytes(), expiresAt),
            "maxBytes", bucket.maxUploadBytes(),
            "expiresAt", expiresAt.truncatedTo(ChronoUnit.SECONDS).toString());
    return ApiResponse.text(201, ApiResponse.JSON_TYPE, Json.write(answer));
  }

  private static String contentType(JsonObject<ApiException> fields) {
    String type = fields.text("contentType").orElse("");
    if (type.matches("image/[a-z0-9.+-]{1,60}") || type.equals("application/octet-stream")) {
      return type;
    }
    throw ApiException.invalid("contentType", "image/* or application/octet-stream");
  }

  private String newKey(String contentType) {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    String suffix = SUFFIXES.getOrDefault(contentType, "");
    return bucket.uploadPrefix() + HexFormat.of().formatHex(bytes) + suffix;
  }

  /**
   * Metadata travels in headers, so the name is percent-encoded, and never longer than sensible.
   */
  private static String metadata(String name) {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw ApiException.invalid("fileName", "a name of 1 to " + MAX_NAME + " characters");
    }
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
