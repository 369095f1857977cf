package dev.bucketlens.ingest;

import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.ingest.ObjectEvent.Change;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.Provenance;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Status;
import dev.bucketlens.results.Verdict;
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

  private static final Verdict IN_ARCHIVE =
      new Verdict.Rejected(
          ARCHIVED, "The object is in an archive; restore it and it will be scored.");

  /** When nothing but the event is known. */
  Step onEvent(ObjectEvent event) {
    return event.isOrdered() && event.change() == Change.REMOVED
        ? bury(new Encounter(event, Optional.empty()))
        : new Step.Look();
  }

  /** When the item is known too; empty if there is none. */
  Step onItem(ObjectEvent event, Optional<ImageResult> item) {
    Optional<Outcome> settled = item.flatMap(known -> settled(event, known));
    if (settled.isPresent()) {
      return new Step.End(settled.get());
    }
    Encounter met = new Encounter(event, item);
    if (event.tellsContent() && met.isFolder(event.size())) {
      return new Step.End(new Outcome.Folder(event));
    }
    Optional<ImageResult> reusable = item.filter(this::isFinal);
    if (!event.tellsContent()) {
      return new Step.ReadCurrent(reusable.map(known -> known.version().eTag()).orElse(null));
    }
    ObjectVersion told = met.versionTold();
    if (reusable.isPresent() && reusable.get().version().sameContent(told)) {
      return new Step.Write(reusable.get().verdict(), told, met.condition());
    }
    return event.size() > maxBytes
        ? new Step.Write(tooLarge(event.size()), told, met.condition())
        : new Step.ReadPinned();
  }

  /** When S3 has answered to the read. */
  Step onAnswer(ObjectEvent event, Optional<ImageResult> item, S3Answer answer) {
    Encounter met = new Encounter(event, item);
    return switch (answer) {
      case S3Answer.Found found -> found(met, found);
      case S3Answer.TooLarge(long size, String eTag, String versionId, Provenance provenance) ->
          new Step.Write(
              tooLarge(size), met.version(eTag, versionId, size).from(provenance), met.condition());
      case S3Answer.Gone _ -> bury(met);
      case S3Answer.Replaced _ -> new Step.End(new Outcome.Superseded(event));
      case S3Answer.Unchanged _ -> unchanged(event, item.orElseThrow());
      case S3Answer.Archived _ -> archived(met);
    };
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

  private Verdict tooLarge(long size) {
    return new Verdict.Rejected(
        RejectionCode.TOO_MANY_BYTES.name(), RejectionCode.tooManyBytes(size, maxBytes));
  }

  private static Step found(Encounter met, S3Answer.Found found) {
    int size = found.bytes().length;
    if (met.isFolder(size)) {
      return new Step.End(new Outcome.Folder(met.event()));
    }
    if (met.asksForOtherThan(found.versionId())) {
      return new Step.End(new Outcome.Superseded(met.event()));
    }
    ObjectVersion version = met.version(found.eTag(), found.versionId(), size);
    return new Step.Classify(found.bytes(), version.from(found.provenance()), met.condition());
  }

  /** What cannot be read now keeps the verdict that it has, whichever model reached it. */
  private static Step archived(Encounter met) {
    Optional<ImageResult> known = met.shown().filter(judged -> isStillShown(met, judged));
    if (known.isEmpty()) {
      return new Step.Write(IN_ARCHIVE, met.versionTold(), met.condition());
    }
    ObjectEvent event = met.event();
    ObjectVersion judged = known.get().version();
    return !event.isOrdered() || event.sequencer().equals(judged.sequencer())
        ? new Step.End(new Outcome.Kept(event))
        : new Step.Keep(known.get(), judged.at(event.sequencer()), met.condition());
  }

  /** Whether the archived content is, by all that can be known, the one that was judged. */
  private static boolean isStillShown(Encounter met, ImageResult judged) {
    String version = met.event().versionId();
    return !isArchived(judged)
        && switch (met.event().change()) {
          case CREATED -> judged.version().sameContent(met.versionTold());
          case LOOK_UP -> version == null || version.equals(judged.version().versionId());
          case VERSION_REMOVED, REMOVED -> !Objects.equals(version, judged.version().versionId());
        };
  }

  /** An event without order leaves no trace of what was not there. */
  private static Step bury(Encounter met) {
    ObjectEvent event = met.event();
    return !event.isOrdered() && met.shown().isEmpty()
        ? new Step.End(new Outcome.Deleted(event))
        : new Step.Bury(met.version(null, event.versionId(), 0), met.condition());
  }

  /** A removed version leaves the rest as it was, but later than all that came before. */
  private static Step unchanged(ObjectEvent event, ImageResult item) {
    return event.isOrdered()
        ? new Step.Write(
            item.verdict(),
            item.version().at(event.sequencer()),
            new Encounter(event, Optional.of(item)).condition())
        : new Step.End(new Outcome.Duplicate(event));
  }
}
