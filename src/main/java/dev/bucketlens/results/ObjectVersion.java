package dev.bucketlens.results;

import java.util.Objects;

/**
 * Which content of an S3 object a result speaks of.
 *
 * @param sequencer place among the key's events; null if no event has told one yet (S3 Batch
 *     Operations and restores carry none)
 * @param eTag without quotes; null on a tombstone
 * @param versionId null in buckets without versioning
 * @param size in bytes; 0 if unknown
 * @param provenance where it comes from
 */
public record ObjectVersion(
    Sequencer sequencer, String eTag, String versionId, long size, Provenance provenance) {

  /** Always says whether its provenance is known. */
  public ObjectVersion {
    Objects.requireNonNull(provenance, "provenance");
  }

  /** Of unknown provenance. */
  public ObjectVersion(Sequencer sequencer, String eTag, String versionId, long size) {
    this(sequencer, eTag, versionId, size, Provenance.UNKNOWN);
  }

  /** Whether this is the same content as {@code other}, whatever event told of it. */
  public boolean sameContent(ObjectVersion other) {
    return eTag != null && eTag.equals(other.eTag) && size == other.size;
  }

  /** The same of another provenance. */
  public ObjectVersion from(Provenance other) {
    return new ObjectVersion(sequencer, eTag, versionId, size, other);
  }

  /** The same content, at another place among the key's events. */
  public ObjectVersion at(Sequencer place) {
    return new ObjectVersion(place, eTag, versionId, size, provenance);
  }
}
