package dev.bucketlens.ingest;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Status;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.results.WriteOutcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Writes verdicts with the condition that fits the event, and says what came of it. */
final class OutcomeWriter {
  /** Longer than any event can be under way: 14 days in the queue, 14 in the dead-letter queue. */
  static final Duration TOMBSTONE_LIFE = Duration.ofDays(30);

  private final ResultStore store;
  private final ModelRef model;
  private final Clock clock;

  OutcomeWriter(ResultStore store, ModelRef model, Clock clock) {
    this.store = store;
    this.model = model;
    this.clock = clock;
  }

  /**
   * Writes a verdict of this model.
   *
   * @param inferred whether the model was run for it
   * @param seen the item before the object was read
   * @throws ItemChangedException if the event has no order and the item is no longer as seen
   */
  Outcome write(
      ObjectEvent event,
      ObjectVersion version,
      Verdict verdict,
      boolean inferred,
      Optional<ImageResult> seen) {
    ImageResult result = new ImageResult(event.image(), version, model, clock.instant(), verdict);
    return switch (put(event, result, seen)) {
      case WRITTEN -> written(event, verdict, inferred);
      case DUPLICATE -> new Outcome.Duplicate(event);
      case SUPERSEDED -> new Outcome.Superseded(event);
    };
  }

  /** Takes over the verdict that this model reached on the same content. */
  Outcome writeCopy(ObjectEvent event, ObjectVersion version, ImageResult known) {
    return write(event, version, known.verdict(), false, Optional.of(known));
  }

  /**
   * Writes that the object is gone; an event without order leaves no trace of what was not there.
   */
  Outcome writeTombstone(ObjectEvent event, Optional<ImageResult> seen) {
    Sequencer sequencer = event.sequencer();
    if (sequencer == null) {
      if (seen.isEmpty() || seen.get().status() == Status.DELETED) {
        return new Outcome.Deleted(event);
      }
      sequencer = seen.get().version().sequencer();
    }
    Instant now = clock.instant();
    ImageResult tombstone =
        new ImageResult(
            event.image(),
            new ObjectVersion(sequencer, null, event.versionId(), 0),
            null,
            now,
            new Verdict.Deleted(now.plus(TOMBSTONE_LIFE)));
    return switch (put(event, tombstone, seen)) {
      case WRITTEN -> new Outcome.Deleted(event);
      case DUPLICATE -> new Outcome.Duplicate(event);
      case SUPERSEDED -> new Outcome.Superseded(event);
    };
  }

  private WriteOutcome put(ObjectEvent event, ImageResult result, Optional<ImageResult> seen) {
    if (event.sequencer() != null) {
      return store.put(result);
    }
    WriteOutcome outcome = store.putIfUnchanged(result, seen);
    if (outcome == WriteOutcome.WRITTEN) {
      return outcome;
    }
    throw new ItemChangedException(event.image());
  }

  private static Outcome written(ObjectEvent event, Verdict verdict, boolean inferred) {
    return switch (verdict) {
      case Verdict.Classified classified -> new Outcome.Classified(event, classified, inferred);
      case Verdict.Rejected rejected -> new Outcome.Rejected(event, rejected);
      case Verdict.Deleted _ -> new Outcome.Deleted(event);
    };
  }
}
