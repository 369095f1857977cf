package dev.bucketlens.events;

import dev.bucketlens.Score;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Status;
import java.util.Optional;

/**
 * An item before and after one write, and what of it is worth telling: the table "What is told" of
 * docs/events.md.
 *
 * @param before empty if there was none
 */
record ItemChange(Optional<ImageResult> before, ImageResult after) {

  /** What to say; empty if nothing changed that anybody was told, or needs to be. */
  Optional<EventType> event() {
    return switch (after.status()) {
      case CLASSIFIED -> classified();
      case REJECTED -> isSameVerdict() ? Optional.empty() : Optional.of(EventType.REJECTED);
      case DELETED ->
          before.filter(it -> it.status() != Status.DELETED).map(it -> EventType.DELETED);
    };
  }

  private Optional<EventType> classified() {
    if (isAsBefore()) {
      boolean sameReview = before.orElseThrow().reviewed().equals(after.reviewed());
      return sameReview ? Optional.empty() : Optional.of(EventType.REVIEWED);
    }
    boolean sameLabel =
        isSameContent()
            && before.orElseThrow().status() == Status.CLASSIFIED
            && label(before.orElseThrow()).equals(label(after));
    return Optional.of(sameLabel ? EventType.RESCORED : EventType.CLASSIFIED);
  }

  /** A copy of a verdict, or a later event of the same content, changes nothing but the order. */
  private boolean isAsBefore() {
    return isSameVerdict() && before.orElseThrow().model().equals(after.model());
  }

  private boolean isSameVerdict() {
    return isSameContent() && before.orElseThrow().verdict().equals(after.verdict());
  }

  private boolean isSameContent() {
    return before.filter(it -> it.version().sameContent(after.version())).isPresent();
  }

  /** The best label; empty if the image has none. */
  static Optional<String> label(ImageResult result) {
    return result.verdict().best().map(Score::label);
  }
}
