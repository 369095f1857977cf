package dev.bucketlens.results;

import java.util.Objects;
import java.util.Optional;

/**
 * What others say of the content that an {@link ImageResult} speaks of, beside its verdict.
 *
 * @param previous what another bundle had found in it
 * @param shadow what the shadow model says of it
 * @param review what people are asked to say of it, or said; empty for most
 */
public record Opinions(
    Optional<Previous> previous, Optional<Shadow> shadow, Optional<Review> review) {
  /** Nobody said anything. */
  static final Opinions NONE = new Opinions(Optional.empty(), Optional.empty(), Optional.empty());

  /** Any of them may be empty. */
  public Opinions {
    Objects.requireNonNull(previous, "previous");
    Objects.requireNonNull(shadow, "shadow");
    Objects.requireNonNull(review, "review");
  }

  /**
   * What is kept of {@code item} when {@code result} takes its place; of other content, nothing. A
   * shadow's opinion is kept for as long as the verdict is that it was compared with, and a
   * question to people is asked anew.
   */
  static Opinions kept(ImageResult item, ImageResult result) {
    if (!result.version().sameContent(item.version())) {
      return NONE;
    }
    boolean same =
        result.verdict().equals(item.verdict()) && Objects.equals(result.model(), item.model());
    return new Opinions(
        previous(item, result),
        same ? item.shadow() : Optional.empty(),
        item.reviewed().map(Review.class::cast));
  }

  /** The same bundle keeps what stood before it; another one puts the item itself there. */
  private static Optional<Previous> previous(ImageResult item, ImageResult result) {
    if (result.model() == null || item.model() == null) {
      return Optional.empty();
    }
    return result.isOfBundle(item.model().hash())
        ? item.previous()
        : Optional.of(Previous.of(item));
  }

  Opinions withReview(Optional<Review> asked) {
    return new Opinions(previous, shadow, asked);
  }
}
