package dev.bucketlens.ingest;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.results.WriteCondition;

/** What is done next for an event. {@link Decisions} chooses it, {@link Ingest} does it. */
sealed interface Step {

  /** Asks the table for the item. */
  record Look() implements Step {}

  /** Reads the content that the event speaks of. */
  record ReadPinned() implements Step {}

  /**
   * Reads what the key shows now.
   *
   * @param knownETag content not to send again; null for none
   */
  record ReadCurrent(String knownETag) implements Step {}

  /** Has the model score the file, and writes scores or rejection. */
  @SuppressWarnings("ArrayRecordComponent") // never compared; copying 20 MB would double the memory
  record Classify(byte[] file, ObjectVersion version, WriteCondition condition) implements Step {}

  /** Writes a verdict for which the model need not be run. */
  record Write(Verdict verdict, ObjectVersion version, WriteCondition condition) implements Step {}

  /** Writes the item's own verdict again, as of the model that reached it, for a later event. */
  record Keep(ImageResult item, ObjectVersion version, WriteCondition condition) implements Step {}

  /** Writes a tombstone. */
  record Bury(ObjectVersion version, WriteCondition condition) implements Step {}

  /** Nothing. */
  record End(Outcome outcome) implements Step {}
}
