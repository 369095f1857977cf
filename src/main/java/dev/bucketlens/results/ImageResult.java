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
 * @param opinions what others say of the same content
 */
public record ImageResult(
    String image,
    ObjectVersion version,
    ModelRef model,
    Instant classifiedAt,
    Optional<Attempt> attempt,
    Verdict verdict,
    Opinions opinions) {
  /** What every {@code image} starts with. */
  public static final String SCHEME = "s3://";

  /** Cuts the time to what the table keeps, so that an item read back equals the item written. */
  public ImageResult {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(attempt, "attempt");
    Objects.requireNonNull(verdict, "verdict");
    Objects.requireNonNull(opinions, "opinions");
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
    this(image, version, model, classifiedAt, Optional.empty(), verdict, Opinions.NONE);
  }

  /** The same, as this attempt writes it. */
  public ImageResult by(Attempt writing) {
    return new ImageResult(
        image, version, model, classifiedAt, Optional.of(writing), verdict, opinions);
  }

  /**
   * This verdict with what else is known of the same content from the item that it takes the place
   * of: what another bundle had found, what the shadow says, and what a reviewer said. Of other
   * content nothing is kept.
   */
  public ImageResult inPlaceOf(Optional<ImageResult> item) {
    return with(item.map(known -> Opinions.kept(known, this)).orElse(Opinions.NONE));
  }

  /**
   * This result with the question that {@code policy} has about it, unless it is answered. An
   * answer from before the random share was this large counts as one of it, or the share would lack
   * what had been asked as unsure.
   */
  public ImageResult asked(ReviewPolicy policy) {
    Optional<Review> review =
        reviewed().isEmpty()
            ? policy.ask(image, version, verdict)
            : reviewed().map(done -> policy.samples(image, version) ? done.ofSample() : done);
    return with(opinions.withReview(review));
  }

  private ImageResult with(Opinions others) {
    return new ImageResult(image, version, model, classifiedAt, attempt, verdict, others);
  }

  /** The same verdict, of the same time, for a later event of the same content. */
  public ImageResult withVersion(ObjectVersion later) {
    return new ImageResult(image, later, model, classifiedAt, attempt, verdict, opinions);
  }

  /** Whether the verdict is bound to this bundle. */
  public boolean isOfBundle(String hash) {
    return model != null && model.hash().equals(hash);
  }

  /** Whether another bundle's verdict took the place of one that was bound to this bundle. */
  public boolean replacedOneOf(String hash) {
    return previous().filter(known -> known.model().hash().equals(hash)).isPresent();
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

  /** What another bundle had found in this content. */
  public Optional<Previous> previous() {
    return opinions.previous();
  }

  /** What the shadow model says of this content. */
  public Optional<Shadow> shadow() {
    return opinions.shadow();
  }

  /** What people are asked to say of this content, or said. */
  public Optional<Review> review() {
    return opinions.review();
  }

  /** What a reviewer said of this content, if one did. */
  public Optional<Review.Done> reviewed() {
    return review().filter(Review.Done.class::isInstance).map(Review.Done.class::cast);
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
