package dev.bucketlens.ingest;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.ingest.IngestMeter.Measure;
import dev.bucketlens.results.Attempt;
import dev.bucketlens.results.Conflict;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.Previous;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.ReviewPolicy;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.results.WriteCondition;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * The upload path for one object event: look at the table, read the object meanwhile, score it,
 * write. It does what {@link Decisions} says.
 *
 * <p>The look at the table saves inferences; what makes the result right is the condition of the
 * write. Failures that may pass leave as exceptions, with nothing written. Thread-safe.
 */
final class Ingest {
  /** Longer than any event can be under way: 14 days in the queue, 14 in the dead-letter queue. */
  static final Duration TOMBSTONE_LIFE = Duration.ofDays(30);

  private static final int LOOKS = 4;

  private final ResultStore store;
  private final ObjectReads objects;
  private final PhotoScorer scorer;
  private final IngestMeter meter;
  private final Clock clock;
  private final Decisions decisions;
  private final ReviewPolicy reviews;

  /**
   * One event under way.
   *
   * @param pinned the read of the very content that it speaks of
   * @param sampled takes what the shadow model is to score too
   * @param requestId of the invocation
   */
  private record Task(
      ObjectEvent event, ObjectReads.Pinned pinned, ShadowBatch sampled, String requestId) {}

  Ingest(
      ResultStore store,
      ObjectReader reader,
      PhotoScorer scorer,
      ReviewPolicy reviews,
      IngestMeter meter,
      Clock clock) {
    this.store = store;
    this.objects = new ObjectReads(reader, meter);
    this.scorer = scorer;
    this.meter = meter;
    this.clock = clock;
    this.reviews = reviews;
    this.decisions = new Decisions(scorer.model().hash(), reader.maxBytes());
  }

  /** Looks again where the item has changed between look and write. */
  Outcome ingest(ObjectEvent event, ShadowBatch sampled, String requestId) {
    for (int looks = 1; ; looks++) {
      try (ObjectReads.Pinned pinned = objects.beginPinned(event)) {
        return follow(new Task(event, pinned, sampled, requestId));
      } catch (ItemChangedException e) {
        if (looks == LOOKS) {
          throw e;
        }
      }
    }
  }

  private Outcome follow(Task task) {
    return follow(decisions.onEvent(task.event()), task, Optional.empty());
  }

  private Outcome follow(Step step, Task task, Optional<ImageResult> item) {
    ObjectEvent event = task.event();
    return switch (step) {
      case Step.Look _ -> {
        Optional<ImageResult> found = store.find(event.image());
        yield follow(decisions.onItem(event, found), task, found);
      }
      case Step.ReadPinned _ ->
          follow(decisions.onAnswer(event, item, task.pinned().get()), task, item);
      case Step.ReadCurrent(String knownETag) -> {
        S3Answer answer = objects.readCurrent(event, knownETag);
        yield follow(decisions.onAnswer(event, item, answer), task, item);
      }
      case Step.Classify score -> score(task, item, score);
      case Step.Write(Verdict verdict, ObjectVersion version, WriteCondition condition) ->
          write(event, result(task, item, verdict, version), item, condition, false);
      case Step.Keep(ImageResult known, ObjectVersion version, WriteCondition condition) ->
          put(event, known.withVersion(version).by(Attempt.of(task.requestId())), condition)
              .orElseGet(() -> new Outcome.Kept(event));
      case Step.Bury(ObjectVersion version, WriteCondition condition) ->
          write(event, result(task, item, tombstone(), version), item, condition, false);
      case Step.End(Outcome outcome) -> outcome;
    };
  }

  private Outcome score(Task task, Optional<ImageResult> item, Step.Classify step) {
    Verdict verdict;
    try {
      verdict = scorer.score(step.file());
    } catch (ImageRejectedException e) {
      verdict = new Verdict.Rejected(e.code().name(), e.getMessage());
    }
    ImageResult result = result(task, item, verdict, step.version());
    Outcome outcome = write(task.event(), result, item, step.condition(), true);
    if (outcome instanceof Outcome.Classified) {
      task.sampled().offer(result, step.file());
    }
    return outcome;
  }

  private Verdict tombstone() {
    return new Verdict.Deleted(clock.instant().plus(TOMBSTONE_LIFE));
  }

  private ImageResult result(
      Task task, Optional<ImageResult> item, Verdict verdict, ObjectVersion version) {
    ModelRef model = verdict instanceof Verdict.Deleted ? null : scorer.model();
    return new ImageResult(task.event().image(), version, model, clock.instant(), verdict)
        .by(Attempt.of(task.requestId()))
        .inPlaceOf(item)
        .asked(reviews);
  }

  private Outcome write(
      ObjectEvent event,
      ImageResult result,
      Optional<ImageResult> item,
      WriteCondition condition,
      boolean inferred) {
    return put(event, result, condition)
        .orElseGet(() -> written(event, result, inferred, replaced(result, item)));
  }

  /** Returns what became of the event if the table did not take the result. */
  private Optional<Outcome> put(ObjectEvent event, ImageResult result, WriteCondition condition) {
    long start = System.nanoTime();
    Optional<Conflict> conflict = store.put(result, condition);
    meter.record(Measure.WRITE_TIME, Duration.ofNanos(System.nanoTime() - start));
    return conflict.map(found -> notWritten(event, found));
  }

  /** The same bundle keeps the history that is there; only another one adds to it. */
  private static Optional<Previous> replaced(ImageResult result, Optional<ImageResult> item) {
    return result.model() == null
        ? Optional.empty()
        : item.filter(known -> !known.isOfBundle(result.model().hash()))
            .flatMap(_ -> result.previous());
  }

  private static Outcome notWritten(ObjectEvent event, Conflict conflict) {
    if (!event.isOrdered() || conflict == Conflict.REVIEWED) {
      throw new ItemChangedException(event.image());
    }
    return switch (conflict) {
      case SAME_EVENT -> new Outcome.Duplicate(event);
      case OTHER_ITEM, REVIEWED -> new Outcome.Superseded(event);
    };
  }

  private static Outcome written(
      ObjectEvent event, ImageResult result, boolean inferred, Optional<Previous> replaced) {
    return switch (result.verdict()) {
      case Verdict.Classified classified ->
          new Outcome.Classified(event, classified, inferred, replaced);
      case Verdict.Rejected rejected -> new Outcome.Rejected(event, rejected, replaced);
      case Verdict.Deleted _ -> new Outcome.Deleted(event);
    };
  }
}
