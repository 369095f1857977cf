package dev.bucketlens.ingest;

import dev.bucketlens.results.Verdict;

/** What became of one object event. All but {@link Failed} are final. */
public sealed interface Outcome {

  /** The event it answers. */
  ObjectEvent event();

  /**
   * The table holds its scores.
   *
   * @param inferred false if the same content had been scored before, so that the model was not run
   */
  record Classified(ObjectEvent event, Verdict.Classified verdict, boolean inferred)
      implements Outcome {}

  /** The table holds why it can never be scored. */
  record Rejected(ObjectEvent event, Verdict.Rejected verdict) implements Outcome {}

  /** The table holds that it is gone. */
  record Deleted(ObjectEvent event) implements Outcome {}

  /** A later event has told, or will tell, what the table is to hold. */
  record Superseded(ObjectEvent event) implements Outcome {}

  /** The table holds what this event under this model led to. */
  record Duplicate(ObjectEvent event) implements Outcome {}

  /**
   * Not done; it may work next time.
   *
   * @param reason one line for the log
   * @param cause null if time ran out
   */
  record Failed(ObjectEvent event, String reason, Throwable cause) implements Outcome {}
}
