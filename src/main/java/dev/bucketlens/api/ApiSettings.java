package dev.bucketlens.api;

import java.net.URI;
import java.util.Objects;

/**
 * What a deployment chooses about its API.
 *
 * @param access who may call
 * @param bucket what browsers may do with the bucket of photos
 * @param corsOrigin the one foreign origin whose pages may call the API; null for none
 * @param cursorKey secret that keeps cursors from being forged; the same in all instances
 * @param maxBodyBytes longest request body, after base64 is undone
 * @param defaultResults scores in an answer where the request does not say
 */
public record ApiSettings(
    Access access,
    BucketSettings bucket,
    URI corsOrigin,
    String cursorKey,
    int maxBodyBytes,
    int defaultResults) {

  /** Checks what must be there. */
  public ApiSettings {
    Objects.requireNonNull(access, "access");
    Objects.requireNonNull(bucket, "bucket");
    if (cursorKey.isBlank()) {
      throw new IllegalArgumentException("cursorKey is blank; it must be a secret.");
    }
    if (maxBodyBytes < 1 || defaultResults < 1) {
      throw new IllegalArgumentException(
          "maxBodyBytes is %d, defaultResults %d; both must be at least 1."
              .formatted(maxBodyBytes, defaultResults));
    }
  }
}
