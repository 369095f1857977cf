package dev.bucketlens.ingest;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Status;
import dev.bucketlens.results.Verdict;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The upload path for one object event: look at the table, read the object meanwhile, score it,
 * write.
 *
 * <p>The look at the table saves reads and inferences; what makes the result right is the condition
 * of the write. Failures that may pass leave as exceptions, with nothing written. Thread-safe.
 */
final class Ingest {
  /** Rejection code of an object in an archive; its restoration makes an event of its own. */
  static final String ARCHIVED = "ARCHIVED";

  /**
   * Up to this size an object is read while the table is still being asked: 12 MP photos, and not
   * what would take longer to send than to ask.
   */
  static final long MOST_READ_AHEAD = 8L * 1024 * 1024;

  private static final int LOOKS = 4;

  private final ResultStore store;
  private final ObjectReader reader;
  private final PhotoScorer scorer;
  private final OutcomeWriter writer;

  Ingest(ResultStore store, ObjectReader reader, PhotoScorer scorer, OutcomeWriter writer) {
    this.store = store;
    this.reader = reader;
    this.scorer = scorer;
    this.writer = writer;
  }

  Outcome ingest(ObjectEvent event) {
    return switch (event.change()) {
      case CREATED -> created(event);
      case REMOVED -> writer.writeTombstone(event, Optional.empty());
      case VERSION_REMOVED, LISTED -> lookUntilStable(event);
    };
  }

  /** The look and the read at once cost a duplicate a needless read, and all others no look. */
  private Outcome created(ObjectEvent event) {
    boolean told = event.size() != ObjectEvent.UNKNOWN_SIZE;
    if (!told || event.size() > Math.min(MOST_READ_AHEAD, reader.maxBytes())) {
      return created(event, () -> reader.readPinned(event));
    }
    try (ReadAhead ahead = ReadAhead.begin(() -> reader.readPinned(event))) {
      return created(event, ahead::get);
    }
  }

  private Outcome created(ObjectEvent event, Supplier<ObjectContent> content) {
    Optional<ImageResult> stored = store.find(event.image());
    Optional<Outcome> settled = stored.flatMap(s -> settled(event, s));
    if (settled.isPresent()) {
      return settled.get();
    }
    ObjectVersion told = versionTold(event, stored);
    if (stored.isPresent() && isFinal(stored.get()) && stored.get().version().sameContent(told)) {
      return writer.writeCopy(event, told, stored.get());
    }
    if (event.size() > reader.maxBytes()) {
      return writer.write(event, told, tooLarge(), false, stored);
    }
    return answer(event, content.get(), stored);
  }

  /** An event that tells nothing of the content, or has no order: the key itself is asked. */
  private Outcome lookUntilStable(ObjectEvent event) {
    for (int looks = 1; ; looks++) {
      try {
        return look(event);
      } catch (ItemChangedException e) {
        if (looks == LOOKS) {
          throw e;
        }
      }
    }
  }

  private Outcome look(ObjectEvent event) {
    Optional<ImageResult> stored = store.find(event.image());
    Optional<Outcome> settled = stored.flatMap(s -> settled(event, s));
    if (settled.isPresent()) {
      return settled.get();
    }
    String known = stored.filter(this::isFinal).map(s -> s.version().eTag()).orElse(null);
    return answer(event, reader.readCurrent(event, known), stored);
  }

  /** What needs no look at the object, because the table knows of this event or of a later one. */
  private Optional<Outcome> settled(ObjectEvent event, ImageResult stored) {
    Sequencer known = stored.version().sequencer();
    if (event.sequencer() == null || known == null) {
      return Optional.empty();
    }
    int order = known.compareTo(event.sequencer());
    if (order > 0) {
      return Optional.of(new Outcome.Superseded(event));
    }
    boolean done = stored.status() == Status.DELETED || isOurs(stored);
    return order == 0 && done ? Optional.of(new Outcome.Duplicate(event)) : Optional.empty();
  }

  private boolean isOurs(ImageResult stored) {
    return stored.model() != null && stored.model().hash().equals(scorer.model().hash());
  }

  /** Whether this model would find the same verdict in the same content again. */
  private boolean isFinal(ImageResult stored) {
    return isOurs(stored)
        && !(stored.verdict() instanceof Verdict.Rejected rejected
            && rejected.code().equals(ARCHIVED));
  }

  private Outcome answer(ObjectEvent event, ObjectContent content, Optional<ImageResult> stored) {
    return switch (content) {
      case ObjectContent.Found found ->
          isOtherVersion(event, found.versionId())
              ? new Outcome.Superseded(event)
              : score(event, found, stored);
      case ObjectContent.TooLarge large ->
          writer.write(
              event,
              version(event, stored, large.eTag(), large.versionId(), large.size()),
              tooLarge(),
              false,
              stored);
      case ObjectContent.Gone _ -> writer.writeTombstone(event, stored);
      case ObjectContent.Replaced _ -> new Outcome.Superseded(event);
      case ObjectContent.Unchanged _ -> unchanged(event, stored.orElseThrow());
      case ObjectContent.Archived _ ->
          writer.write(event, versionTold(event, stored), archived(), false, stored);
    };
  }

  private Outcome score(
      ObjectEvent event, ObjectContent.Found found, Optional<ImageResult> stored) {
    ObjectVersion version =
        version(event, stored, found.eTag(), found.versionId(), found.bytes().length);
    try {
      return writer.write(event, version, scorer.score(found.bytes()), true, stored);
    } catch (ImageRejectedException e) {
      Verdict rejected = new Verdict.Rejected(e.code().name(), e.getMessage());
      return writer.write(event, version, rejected, false, stored);
    }
  }

  /** A removed version leaves the rest as it was, but later than all that came before. */
  private Outcome unchanged(ObjectEvent event, ImageResult stored) {
    if (event.sequencer() == null) {
      return new Outcome.Duplicate(event);
    }
    ObjectVersion known = stored.version();
    ObjectVersion version =
        new ObjectVersion(event.sequencer(), known.eTag(), known.versionId(), known.size());
    return writer.writeCopy(event, version, stored);
  }

  /** A manifest of S3 Batch Operations can list versions that are no longer the current ones. */
  private static boolean isOtherVersion(ObjectEvent event, String versionId) {
    return event.change() == ObjectEvent.Change.LISTED
        && event.versionId() != null
        && !event.versionId().equals(versionId);
  }

  private static ObjectVersion versionTold(ObjectEvent event, Optional<ImageResult> stored) {
    return version(event, stored, event.eTag(), event.versionId(), Math.max(event.size(), 0));
  }

  /** An event without a place in the order leaves the item the place it has. */
  private static ObjectVersion version(
      ObjectEvent event, Optional<ImageResult> stored, String eTag, String versionId, long size) {
    Sequencer sequencer =
        event.sequencer() != null
            ? event.sequencer()
            : stored.map(s -> s.version().sequencer()).orElse(null);
    return new ObjectVersion(sequencer, eTag, versionId, size);
  }

  private static Verdict tooLarge() {
    return new Verdict.Rejected(
        RejectionCode.TOO_MANY_BYTES.name(), RejectionCode.TOO_MANY_BYTES.sentence());
  }

  private static Verdict archived() {
    return new Verdict.Rejected(
        ARCHIVED, "The object is in an archive; restore it and it will be scored.");
  }
}
