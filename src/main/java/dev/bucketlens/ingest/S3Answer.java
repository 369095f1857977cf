package dev.bucketlens.ingest;

import dev.bucketlens.results.Provenance;

/** What S3 answered to a read. A failure that may pass is an exception instead. */
sealed interface S3Answer {

  /**
   * The content.
   *
   * @param versionId null in buckets without versioning
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared; copying 20 MB would double the memory
  record Found(byte[] bytes, String eTag, String versionId, Provenance provenance)
      implements S3Answer {}

  /** Larger than is read. */
  record TooLarge(long size, String eTag, String versionId, Provenance provenance)
      implements S3Answer {}

  /** There is no such object, or no such version. */
  record Gone() implements S3Answer {}

  /** The key holds other content than the event spoke of: another event tells of it. */
  record Replaced() implements S3Answer {}

  /** The key still holds the content that is known already. */
  record Unchanged() implements S3Answer {}

  /** In an archive: not readable until somebody restores it, which makes an event of its own. */
  record Archived() implements S3Answer {}
}
