package dev.bucketlens.ingest;

import dev.bucketlens.results.Previous;
import dev.bucketlens.results.Verdict;
import java.util.Optional;

/** What became of one object event. All but {@link Failed} are final. */
public sealed interface Outcome {

  /** The event it answers. */
  ObjectEvent event();

  /**
   * The table holds its scores.
   *
   * @param inferred false if the same content had been scored before, so that the model was not run
   * @param replaced the verdict of another bundle on the same content that stood there until now
   */
  record Classified(
      ObjectEvent event, Verdict.Classified verdict, boolean inferred, Optional<Previous> replaced)
      implements Outcome {}

  /**
   * The table holds why it can never be scored.
   *
   * @param replaced as above
   */
  record Rejected(ObjectEvent event, Verdict.Rejected verdict, Optional<Previous> replaced)
      implements Outcome {}

  /** The table holds what was found before; the object is in an archive and cannot be read now. */
  record Kept(ObjectEvent event) implements Outcome {}

  /** The table holds that it is gone. */
  record Deleted(ObjectEvent event) implements Outcome {}

  /** The object is no photo but the mark of an empty folder; the table does not know of it. */
  record Folder(ObjectEvent event) implements Outcome {}

  /** A later event has told, or will tell, what the table is to hold. */
  record Superseded(ObjectEvent event) implements Outcome {}

  /** The table holds what this event led to, under this model or one that has replaced it. */
  record Duplicate(ObjectEvent event) implements Outcome {}

  /**
   * Not done; it may work next time.
   *
   * @param reason one line for the log
   * @param cause null if time ran out
   */
  record Failed(ObjectEvent event, String reason, Throwable cause) implements Outcome {}
}
