package dev.bucketlens.ingest;

import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.ingest.ObjectEvent.Change;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.Provenance;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Status;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.results.WriteCondition;
import java.util.Objects;
import java.util.Optional;

/**
 * Decides what an event does and under which condition, by the event, the item in the table and
 * S3's answer: the table "What each event does" of docs/reliability.md. Does nothing itself.
 *
 * @param modelHash of the model that scores
 * @param maxBytes the largest file that is read
 */
record Decisions(String modelHash, long maxBytes) {
  /** Rejection code of an object in an archive; its restoration makes an event of its own. */
  static final String ARCHIVED = "ARCHIVED";

  private static final Verdict TOO_LARGE =
      new Verdict.Rejected(
          RejectionCode.TOO_MANY_BYTES.name(), RejectionCode.TOO_MANY_BYTES.sentence());

  private static final Verdict IN_ARCHIVE =
      new Verdict.Rejected(
          ARCHIVED, "The object is in an archive; restore it and it will be scored.");

  /** When nothing but the event is known. */
  Step onEvent(ObjectEvent event) {
    return event.isOrdered() && event.change() == Change.REMOVED
        ? bury(event, Optional.empty())
        : new Step.Look();
  }

  /**
   * Whether the object is what consoles and mounts make of an empty folder. One that takes the
   * place of a photo is looked at as any other file.
   */
  private static boolean isFolder(ObjectEvent event, Optional<ImageResult> item, long size) {
    boolean known = item.isPresent() && item.get().status() != Status.DELETED;
    return size == 0 && event.key().endsWith("/") && !known;
  }

  /** When the item is known too; empty if there is none. */
  Step onItem(ObjectEvent event, Optional<ImageResult> item) {
    Optional<Outcome> settled = item.flatMap(known -> settled(event, known));
    if (settled.isPresent()) {
      return new Step.End(settled.get());
    }
    if (event.tellsContent() && isFolder(event, item, event.size())) {
      return new Step.End(new Outcome.Folder(event));
    }
    Optional<ImageResult> reusable = item.filter(this::isFinal);
    if (!event.tellsContent()) {
      return new Step.ReadCurrent(reusable.map(known -> known.version().eTag()).orElse(null));
    }
    ObjectVersion told = versionTold(event, item);
    if (reusable.isPresent() && reusable.get().version().sameContent(told)) {
      return new Step.Write(reusable.get().verdict(), told, condition(event, item));
    }
    return event.size() > maxBytes
        ? new Step.Write(TOO_LARGE, told, condition(event, item))
        : new Step.ReadPinned();
  }

  /** When S3 has answered to the read. */
  Step onAnswer(ObjectEvent event, Optional<ImageResult> item, S3Answer answer) {
    return switch (answer) {
      case S3Answer.Found found when isFolder(event, item, found.bytes().length) ->
          new Step.End(new Outcome.Folder(event));
      case S3Answer.Found found ->
          isOtherVersion(event, found.versionId())
              ? new Step.End(new Outcome.Superseded(event))
              : new Step.Classify(
                  found.bytes(), foundVersion(event, item, found), condition(event, item));
      case S3Answer.TooLarge(long size, String eTag, String versionId, Provenance provenance) ->
          new Step.Write(
              TOO_LARGE,
              version(event, item, eTag, versionId, size).from(provenance),
              condition(event, item));
      case S3Answer.Gone _ -> bury(event, item);
      case S3Answer.Replaced _ -> new Step.End(new Outcome.Superseded(event));
      case S3Answer.Unchanged _ -> unchanged(event, item.orElseThrow());
      case S3Answer.Archived _ -> archived(event, item);
    };
  }

  /** An event with a place in the order is judged by it; any other by what it saw. */
  private static WriteCondition condition(ObjectEvent event, Optional<ImageResult> item) {
    return event.isOrdered() ? new WriteCondition.Newest(item) : new WriteCondition.Unchanged(item);
  }

  /** What needs no look at the object, because the table knows of this event or of a later one. */
  private Optional<Outcome> settled(ObjectEvent event, ImageResult item) {
    Sequencer known = item.version().sequencer();
    if (!event.isOrdered() || known == null) {
      return Optional.empty();
    }
    int order = known.compareTo(event.sequencer());
    if (order > 0) {
      return Optional.of(new Outcome.Superseded(event));
    }
    boolean done = item.status() == Status.DELETED || isOurs(item) || item.replacedOneOf(modelHash);
    return order == 0 && done ? Optional.of(new Outcome.Duplicate(event)) : Optional.empty();
  }

  private boolean isOurs(ImageResult item) {
    return item.isOfBundle(modelHash);
  }

  /** Whether this model would find the same verdict in the same content again. */
  private boolean isFinal(ImageResult item) {
    return isOurs(item) && !isArchived(item);
  }

  private static boolean isArchived(ImageResult item) {
    return item.verdict() instanceof Verdict.Rejected(String code, _) && code.equals(ARCHIVED);
  }

  /** What cannot be read now keeps the verdict that it has, whichever model reached it. */
  private static Step archived(ObjectEvent event, Optional<ImageResult> item) {
    Optional<ImageResult> known = item.filter(judged -> isStillShown(event, item, judged));
    if (known.isEmpty()) {
      return new Step.Write(IN_ARCHIVE, versionTold(event, item), condition(event, item));
    }
    ObjectVersion judged = known.get().version();
    return !event.isOrdered() || event.sequencer().equals(judged.sequencer())
        ? new Step.End(new Outcome.Kept(event))
        : new Step.Keep(known.get(), judged.at(event.sequencer()), condition(event, item));
  }

  /** Whether the archived content is, by all that can be known, the one that was judged. */
  private static boolean isStillShown(
      ObjectEvent event, Optional<ImageResult> item, ImageResult judged) {
    if (judged.status() == Status.DELETED || isArchived(judged)) {
      return false;
    }
    return switch (event.change()) {
      case CREATED -> judged.version().sameContent(versionTold(event, item));
      case LOOK_UP ->
          event.versionId() == null || event.versionId().equals(judged.version().versionId());
      case VERSION_REMOVED, REMOVED ->
          !Objects.equals(event.versionId(), judged.version().versionId());
    };
  }

  /** An event without order leaves no trace of what was not there. */
  private static Step bury(ObjectEvent event, Optional<ImageResult> item) {
    boolean nothingThere = item.isEmpty() || item.get().status() == Status.DELETED;
    return !event.isOrdered() && nothingThere
        ? new Step.End(new Outcome.Deleted(event))
        : new Step.Bury(version(event, item, null, event.versionId(), 0), condition(event, item));
  }

  /** A removed version leaves the rest as it was, but later than all that came before. */
  private static Step unchanged(ObjectEvent event, ImageResult item) {
    ObjectVersion known = item.version();
    return event.isOrdered()
        ? new Step.Write(
            item.verdict(), known.at(event.sequencer()), condition(event, Optional.of(item)))
        : new Step.End(new Outcome.Duplicate(event));
  }

  /** A manifest of S3 Batch Operations can list versions that are no longer the current ones. */
  private static boolean isOtherVersion(ObjectEvent event, String versionId) {
    return event.change() == Change.LOOK_UP
        && event.versionId() != null
        && !event.versionId().equals(versionId);
  }

  private static ObjectVersion foundVersion(
      ObjectEvent event, Optional<ImageResult> item, S3Answer.Found found) {
    return version(event, item, found.eTag(), found.versionId(), found.bytes().length)
        .from(found.provenance());
  }

  /** Events tell no provenance: the same content keeps the one that is known. */
  private static ObjectVersion versionTold(ObjectEvent event, Optional<ImageResult> item) {
    ObjectVersion told =
        version(event, item, event.eTag(), event.versionId(), Math.max(event.size(), 0));
    return item.map(ImageResult::version)
        .filter(known -> known.sameContent(told))
        .map(known -> told.from(known.provenance()))
        .orElse(told);
  }

  /** An event without a place in the order leaves the item the place it has. */
  private static ObjectVersion version(
      ObjectEvent event, Optional<ImageResult> item, String eTag, String versionId, long size) {
    Sequencer sequencer =
        event.isOrdered()
            ? event.sequencer()
            : item.map(known -> known.version().sequencer()).orElse(null);
    return new ObjectVersion(sequencer, eTag, versionId, size);
  }
}
