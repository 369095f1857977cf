package dev.bucketlens.results;

/** Why a review was not written. */
public enum ReviewConflict {
  /** The table holds nothing of the image. */
  UNKNOWN,
  /** The image is gone from the bucket. */
  DELETED,
  /** The image was never scored, so there is nothing to agree with. */
  REJECTED,
  /** The object is another than the reviewer saw. */
  CHANGED
}
