package dev.bucketlens.ingest;

import dev.bucketlens.results.ReviewPolicy;
import java.util.Objects;

/**
 * How the upload path works.
 *
 * @param bucket the only one whose objects are read: an event of any other fails, so that a
 *     notification wired up by mistake is seen in the dead-letter queue and never loops
 * @param scorers photos scored at once; as many as the classifier has interpreters
 * @param bytesInFlight bytes of files held at once
 * @param reviews which images people are asked about
 */
public record IngestSettings(String bucket, int scorers, long bytesInFlight, ReviewPolicy reviews) {
  /** Three files of the largest size that is accepted by default. */
  private static final long BYTES_IN_FLIGHT = 64L * 1024 * 1024;

  /** Needs a bucket and at least one scorer. */
  public IngestSettings {
    Objects.requireNonNull(bucket, "bucket");
    if (scorers < 1) {
      throw new IllegalArgumentException("scorers is " + scorers + "; expected 1 or more");
    }
  }

  /** 64 MB in flight, and nobody is asked. */
  public static IngestSettings of(String bucket, int scorers) {
    return new IngestSettings(bucket, scorers, BYTES_IN_FLIGHT, ReviewPolicy.OFF);
  }

  /** These settings, with people asked. */
  public IngestSettings withReviews(ReviewPolicy policy) {
    return new IngestSettings(bucket, scorers, bytesInFlight, policy);
  }
}
