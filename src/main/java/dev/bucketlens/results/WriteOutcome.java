package dev.bucketlens.results;

/** What became of a conditional write. Only {@link #WRITTEN} changed the table. */
public enum WriteOutcome {
  /** The table holds the item. */
  WRITTEN,
  /** The table already holds what this event under this model led to. */
  DUPLICATE,
  /** The table holds what a later event led to. */
  SUPERSEDED
}
