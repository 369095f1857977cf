package dev.bucketlens.ingest;

import dev.bucketlens.results.ReviewPolicy;
import java.util.Set;

/**
 * How the upload path works.
 *
 * @param buckets the only buckets whose objects are read: an event of any other fails, so that a
 *     notification wired up by mistake is seen in the dead-letter queue and never loops
 * @param scorers photos scored at once; as many as the classifier has interpreters
 * @param bytesInFlight bytes of files held at once
 * @param reviews which images people are asked about
 */
public record IngestSettings(
    Set<String> buckets, int scorers, long bytesInFlight, ReviewPolicy reviews) {
  /** Three files of the largest size that is accepted by default. */
  private static final long BYTES_IN_FLIGHT = 64L * 1024 * 1024;

  /** Needs at least one bucket and one scorer. */
  public IngestSettings {
    buckets = Set.copyOf(buckets);
    if (buckets.isEmpty()) {
      throw new IllegalArgumentException("buckets is empty; name the bucket that holds the photos");
    }
    if (scorers < 1) {
      throw new IllegalArgumentException("scorers is " + scorers + "; expected 1 or more");
    }
  }

  /** One bucket, 64 MB in flight, and nobody is asked. */
  public static IngestSettings of(String bucket, int scorers) {
    return new IngestSettings(Set.of(bucket), scorers, BYTES_IN_FLIGHT, ReviewPolicy.OFF);
  }

  /** These settings, with people asked. */
  public IngestSettings withReviews(ReviewPolicy policy) {
    return new IngestSettings(buckets, scorers, bytesInFlight, policy);
  }
}
