package dev.bucketlens.api;

import dev.bucketlens.json.Json;
import dev.bucketlens.json.JsonObject;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Provenance;
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
 * nobody can overwrite what another one uploads, and it ends as the deployment's keys must to be
 * scored; the file's own name, who uploads it and this request's id are kept as metadata.
 */
final class UploadsRoute {

  private static final int KEY_BYTES = 16;
  private static final int MAX_NAME = 255;

  /** S3 takes 2 KB of metadata in all, names counted. */
  private static final int MAX_NAME_BYTES = 1200;

  private static final int MAX_CALLER_BYTES = 700;

  private static final String META = "x-amz-meta-";
  private static final String FILE_NAME = META + Provenance.FILE_NAME;
  private static final String REQUEST_ID = META + Provenance.REQUEST_ID;
  private static final String UPLOADED_BY = META + Provenance.UPLOADED_BY;
  private static final Map<String, String> SUFFIXES =
      Map.of(
          "image/jpeg", ".jpg",
          "image/png", ".png",
          "image/webp", ".webp",
          "image/gif", ".gif",
          "image/bmp", ".bmp",
          "image/tiff", ".tif",
          "image/avif", ".avif");

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
    if (!bucket.uploads()) {
      throw new ApiException(
          403,
          "UPLOADS_OFF",
          "This deployment takes no uploads (PublicUploads); POST /classify scores without"
              + " keeping.");
    }
    JsonObject<ApiException> fields = RequestFields.ofJson(request.body());
    fields.allowOnly(Set.of("contentType", "fileName"));
    Map<String, String> form = form(fields, request);
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

  /** What the browser's form must send with exactly these values. */
  private Map<String, String> form(JsonObject<ApiException> fields, ApiRequest request) {
    String contentType = contentType(fields);
    Map<String, String> form = new LinkedHashMap<>();
    form.put("key", newKey(contentType));
    form.put("Content-Type", contentType);
    form.put("success_action_status", "204");
    fields
        .text("fileName")
        .map(UploadsRoute::fileName)
        .ifPresent(name -> form.put(FILE_NAME, name));
    form.put(REQUEST_ID, request.requestId());
    request.caller().ifPresent(who -> form.put(UPLOADED_BY, metadata(who, MAX_CALLER_BYTES)));
    return form;
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
    String end = suffix.endsWith(bucket.keySuffix()) ? suffix : bucket.keySuffix();
    return bucket.uploadPrefix() + HexFormat.of().formatHex(bytes) + end;
  }

  private static String fileName(String name) {
    if (name.isBlank() || name.length() > MAX_NAME) {
      throw ApiException.invalid("fileName", "a name of 1 to " + MAX_NAME + " characters");
    }
    return metadata(name, MAX_NAME_BYTES);
  }

  /** Metadata travels in headers, so it is percent-encoded; what is too long is cut. */
  private static String metadata(String text, int maxBytes) {
    StringBuilder encoded = new StringBuilder();
    for (int character : text.codePoints().toArray()) {
      String next = URLEncoder.encode(Character.toString(character), StandardCharsets.UTF_8);
      if (encoded.length() + next.length() > maxBytes) {
        break;
      }
      encoded.append(next.replace("+", "%20"));
    }
    return encoded.toString();
  }
}
