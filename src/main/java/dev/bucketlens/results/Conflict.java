package dev.bucketlens.results;

/** Why a conditional write changed nothing. */
public enum Conflict {
  /** The table holds what the same event led to. */
  SAME_EVENT,
  /** A reviewer said something of this content meanwhile, which must not be lost. */
  REVIEWED,
  /** The table holds something else than the condition wants: a later event's, or none. */
  OTHER_ITEM
}
