package dev.bucketlens.ingest;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Sequencer;
import java.util.Objects;

/**
 * One S3 object changed, or is to be looked at.
 *
 * @param key decoded
 * @param versionId the version it speaks of; null in buckets without versioning
 * @param eTag of the content, without quotes; null if the event does not tell
 * @param size of the content in bytes; {@link #UNKNOWN_SIZE} if the event does not tell
 * @param sequencer null if the event does not tell: then it has no place among the key's events
 */
public record ObjectEvent(
    Change change,
    String bucket,
    String key,
    String versionId,
    String eTag,
    long size,
    Sequencer sequencer) {
  /** As {@code size}: not told. */
  public static final long UNKNOWN_SIZE = -1;

  /** What happened. */
  public enum Change {
    /** New content under the key. */
    CREATED,
    /** The key is gone, or hidden by a delete marker. */
    REMOVED,
    /** One version (or a delete marker) was removed: what the key shows now is to be looked up. */
    VERSION_REMOVED,
    /** Nothing, as far as is known: what the key shows now is to be looked up. */
    LOOK_UP
  }

  /** Bucket and key are always told. */
  public ObjectEvent {
    Objects.requireNonNull(bucket, "bucket");
    Objects.requireNonNull(key, "key");
  }

  /** What the key shows now is to be looked up; {@code versionId} may be null. */
  public static ObjectEvent lookUp(String bucket, String key, String versionId) {
    return new ObjectEvent(Change.LOOK_UP, bucket, key, versionId, null, UNKNOWN_SIZE, null);
  }

  /** Whether it has a place among the key's events. */
  public boolean isOrdered() {
    return sequencer != null;
  }

  /** Whether it tells which content the key had then; otherwise the key itself is asked. */
  boolean tellsContent() {
    return change == Change.CREATED && isOrdered();
  }

  /**
   * The most bytes that working it off holds: what is known to be gone or too large is not read.
   *
   * @param maxBytes the largest file that is read
   */
  long bytesToRead(long maxBytes) {
    if (isOrdered() && change == Change.REMOVED) {
      return 0;
    }
    if (!tellsContent() || size == UNKNOWN_SIZE) {
      return maxBytes;
    }
    return size > maxBytes ? 0 : size;
  }

  /** The key of the object's item in the table. */
  public String image() {
    return ImageResult.imageOf(bucket, key);
  }
}
