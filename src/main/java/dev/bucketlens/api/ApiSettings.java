package dev.bucketlens.api;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * What a deployment chooses about its API.
 *
 * @param bucket where uploads go and previews come from; null switches both off
 * @param uploadPrefix what the keys of uploads start with, such as {@code uploads/}
 * @param maxUploadBytes longest upload
 * @param signatureLife how long a presigned upload or preview is good
 * @param corsOrigin the one foreign origin whose pages may call the API; null for none
 * @param cursorKey secret that keeps cursors from being forged; the same in all instances
 * @param maxBodyBytes longest request body, after base64 is undone
 * @param defaultResults scores in an answer where the request does not say
 */
public record ApiSettings(
    String bucket,
    String uploadPrefix,
    long maxUploadBytes,
    Duration signatureLife,
    URI corsOrigin,
    String cursorKey,
    int maxBodyBytes,
    int defaultResults) {

  /** Checks what must be there. */
  public ApiSettings {
    Objects.requireNonNull(uploadPrefix, "uploadPrefix");
    if (cursorKey.isBlank()) {
      throw new IllegalArgumentException("cursorKey is blank; it must be a secret.");
    }
    if (maxUploadBytes < 1 || maxBodyBytes < 1 || defaultResults < 1) {
      throw new IllegalArgumentException(
          "maxUploadBytes is %d, maxBodyBytes %d, defaultResults %d; all must be at least 1."
              .formatted(maxUploadBytes, maxBodyBytes, defaultResults));
    }
  }

  /** Uploads of up to 20 MB under {@code uploads/}, bodies of up to 6 MB, five scores. */
  public static ApiSettings of(String bucket, String cursorKey) {
    return new ApiSettings(
        bucket, "uploads/", 20_000_000, Duration.ofMinutes(5), null, cursorKey, 6_000_000, 5);
  }

  /** Returns these settings with another origin that may call the API. */
  public ApiSettings withCorsOrigin(URI origin) {
    return new ApiSettings(
        bucket,
        uploadPrefix,
        maxUploadBytes,
        signatureLife,
        origin,
        cursorKey,
        maxBodyBytes,
        defaultResults);
  }

  /** Returns these settings with another number of scores in an answer. */
  public ApiSettings withDefaultResults(int results) {
    return new ApiSettings(
        bucket,
        uploadPrefix,
        maxUploadBytes,
        signatureLife,
        corsOrigin,
        cursorKey,
        maxBodyBytes,
        results);
  }
}
