package dev.bucketlens.api;

import java.time.Duration;
import java.util.Objects;

/**
 * What the API lets browsers do with the bucket of photos themselves: upload, and look at previews.
 *
 * @param name the bucket's
 * @param uploadPrefix what the keys of uploads start with, such as {@code uploads/}
 * @param keySuffix what every key must end with to be scored; empty for anything
 * @param maxUploadBytes longest upload
 * @param signatureLife how long a presigned upload or preview is good
 * @param uploads whether uploads are presigned
 * @param previews whether previews are
 */
public record BucketSettings(
    String name,
    String uploadPrefix,
    String keySuffix,
    long maxUploadBytes,
    Duration signatureLife,
    boolean uploads,
    boolean previews) {

  /** Checks what must be there. */
  public BucketSettings {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(uploadPrefix, "uploadPrefix");
    Objects.requireNonNull(keySuffix, "keySuffix");
    if (maxUploadBytes < 1 || signatureLife.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "maxUploadBytes is %d and signatureLife %s; expected at least 1 byte and 1 second."
              .formatted(maxUploadBytes, signatureLife));
    }
  }
}
