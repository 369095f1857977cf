package dev.bucketlens.results;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/**
 * One item of the table.
 *
 * @param image {@code s3://bucket/key}
 * @param version the content it speaks of
 * @param model null on a tombstone
 * @param classifiedAt when the verdict was reached, by our clock; in whole milliseconds
 * @param attempt the try that wrote it; empty only on items from before attempts were told apart
 * @param previous what another bundle had found in the same content
 * @param shadow what the shadow model says of the same content
 * @param review what people are asked to say of it, or said; empty for most
 */
public record ImageResult(
    String image,
    ObjectVersion version,
    ModelRef model,
    Instant classifiedAt,
    Optional<Attempt> attempt,
    Verdict verdict,
    Optional<Previous> previous,
    Optional<Shadow> shadow,
    Optional<Review> review) {
  /** What every {@code image} starts with. */
  public static final String SCHEME = "s3://";

  /** Cuts the time to what the table keeps, so that an item read back equals the item written. */
  public ImageResult {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(attempt, "attempt");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(previous, "previous");
    Objects.requireNonNull(shadow, "shadow");
    Objects.requireNonNull(review, "review");
    classifiedAt = classifiedAt.truncatedTo(ChronoUnit.MILLIS);
    if (model == null && verdict.status() != Status.DELETED) {
      throw new IllegalArgumentException(
          image + " has status " + verdict.status() + " but no model");
    }
  }

  /**
   * The first verdict on its content, of which nobody is asked, and which nobody tries to write.
   */
  public ImageResult(
      String image, ObjectVersion version, ModelRef model, Instant classifiedAt, Verdict verdict) {
    this(
        image,
        version,
        model,
        classifiedAt,
        Optional.empty(),
        verdict,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, as this attempt writes it. */
  public ImageResult by(Attempt writing) {
    return new ImageResult(
        image,
        version,
        model,
        classifiedAt,
        Optional.of(writing),
        verdict,
        previous,
        shadow,
        review);
  }

  /**
   * This verdict with what else is known of the same content from the item that it takes the place
   * of: what another bundle had found, what the shadow says, and what a reviewer said. Of other
   * content nothing is kept.
   */
  public ImageResult inPlaceOf(Optional<ImageResult> item) {
    return new ImageResult(
        image,
        version,
        model,
        classifiedAt,
        attempt,
        verdict,
        item.flatMap(this::previousOf),
        item.filter(this::isSameVerdict).flatMap(ImageResult::shadow),
        item.filter(known -> version.sameContent(known.version))
            .flatMap(ImageResult::reviewed)
            .map(Review.class::cast));
  }

  private boolean isSameVerdict(ImageResult item) {
    return version.sameContent(item.version)
        && verdict.equals(item.verdict)
        && Objects.equals(model, item.model);
  }

  /** This result with the question that {@code policy} has about it, unless it is answered. */
  public ImageResult asked(ReviewPolicy policy) {
    Optional<Review> answered = reviewed().map(Review.class::cast);
    return new ImageResult(
        image,
        version,
        model,
        classifiedAt,
        attempt,
        verdict,
        previous,
        shadow,
        answered.or(() -> policy.ask(image, version, verdict)));
  }

  private Optional<Previous> previousOf(ImageResult item) {
    if (model == null || item.model == null || !version.sameContent(item.version)) {
      return Optional.empty();
    }
    return isOfBundle(item.model.hash()) ? item.previous : Optional.of(Previous.of(item));
  }

  /** The same verdict, of the same time, for a later event of the same content. */
  public ImageResult withVersion(ObjectVersion later) {
    return new ImageResult(
        image, later, model, classifiedAt, attempt, verdict, previous, shadow, review);
  }

  /** Whether the verdict is bound to this bundle. */
  public boolean isOfBundle(String hash) {
    return model != null && model.hash().equals(hash);
  }

  /** Whether another bundle's verdict took the place of one that was bound to this bundle. */
  public boolean replacedOneOf(String hash) {
    return previous.isPresent() && previous.get().model().hash().equals(hash);
  }

  /** The key of the item of an S3 object. */
  public static String imageOf(String bucket, String key) {
    return SCHEME + bucket + "/" + key;
  }

  /** The bucket of the object. */
  public String bucket() {
    return image.substring(SCHEME.length(), image.indexOf('/', SCHEME.length()));
  }

  /** The key of the object. */
  public String key() {
    return image.substring(image.indexOf('/', SCHEME.length()) + 1);
  }

  /** What a reviewer said of this content, if one did. */
  public Optional<Review.Done> reviewed() {
    return review.filter(Review.Done.class::isInstance).map(Review.Done.class::cast);
  }

  /** Short for {@code verdict().status()}. */
  public Status status() {
    return verdict.status();
  }

  /** Whether {@code other} was written by the very same attempt as this. */
  boolean isSameAttempt(ImageResult other) {
    return attempt.isPresent() && attempt.equals(other.attempt);
  }
}
