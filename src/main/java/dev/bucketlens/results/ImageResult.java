package dev.bucketlens.results;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * One item of the table.
 *
 * @param image {@code s3://bucket/key}
 * @param version the content it speaks of
 * @param model null on a tombstone
 * @param classifiedAt when the verdict was reached, by our clock; in whole milliseconds
 */
public record ImageResult(
    String image, ObjectVersion version, ModelRef model, Instant classifiedAt, Verdict verdict) {
  /** What every {@code image} starts with. */
  public static final String SCHEME = "s3://";

  /** Cuts the time to what the table keeps, so that an item read back equals the item written. */
  public ImageResult {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(verdict, "verdict");
    classifiedAt = classifiedAt.truncatedTo(ChronoUnit.MILLIS);
    if (model == null && verdict.status() != Status.DELETED) {
      throw new IllegalArgumentException(
          image + " has status " + verdict.status() + " but no model");
    }
  }

  /** The key of the item of an S3 object. */
  public static String imageOf(String bucket, String key) {
    return SCHEME + bucket + "/" + key;
  }

  /** The bucket of the object. */
  public String bucket() {
    return image.substring(SCHEME.length(), image.indexOf('/', SCHEME.length()));
  }

  /** The key of the object. */
  public String key() {
    return image.substring(image.indexOf('/', SCHEME.length()) + 1);
  }

  /** Short for {@code verdict().status()}. */
  public Status status() {
    return verdict.status();
  }

  /** Whether {@code other} came out of the very same attempt as this. */
  boolean isSameAttempt(ImageResult other) {
    return version.equals(other.version)
        && Objects.equals(model, other.model)
        && classifiedAt.equals(other.classifiedAt);
  }
}
