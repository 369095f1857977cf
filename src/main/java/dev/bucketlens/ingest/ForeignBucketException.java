package dev.bucketlens.ingest;

/** An event of a bucket that is not the configured one: it will never be worked off. */
public final class ForeignBucketException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ForeignBucketException(String bucket) {
    super(
        "bucket " + bucket + " is not the configured one; remove the notification that sent this");
  }
}
