package dev.bucketlens.results;

/**
 * Which content of an S3 object a result speaks of.
 *
 * @param sequencer place among the key's events; null if no event has told one yet (S3 Batch
 *     Operations and restores carry none)
 * @param eTag without quotes; null on a tombstone
 * @param versionId null in buckets without versioning
 * @param size in bytes; 0 if unknown
 */
public record ObjectVersion(Sequencer sequencer, String eTag, String versionId, long size) {

  /** Whether this is the same content as {@code other}, whatever event told of it. */
  public boolean sameContent(ObjectVersion other) {
    return eTag != null && eTag.equals(other.eTag) && size == other.size;
  }
}
