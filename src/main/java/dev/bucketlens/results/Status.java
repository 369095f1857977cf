package dev.bucketlens.results;

/** What is known of an image. */
public enum Status {
  /** The model scored it. */
  CLASSIFIED,
  /** It can never be scored; the item says why. */
  REJECTED,
  /** It is gone; the item stays a while so that a late event cannot bring it back. */
  DELETED
}
