package dev.bucketlens.results;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * When an item may be written. S3 delivers at least once and in any order; what keeps the table
 * right is that it alone checks the condition, in one step with the write.
 */
public sealed interface WriteCondition {

  /**
   * The table knows of no later event, nor of this one; or of this one under another model, whose
   * verdict was seen and is still there. For results with a sequencer.
   *
   * <p>Two models at work at once, such as two versions of a function while one replaces the other,
   * can be told of the same event. Neither replaces what it has not seen, so each verdict in the
   * table keeps the one before it as its {@link Previous}, and a model that finds itself there has
   * had its turn.
   *
   * @param seen the item when the table was asked; empty if there was none or it was not asked
   */
  record Newest(Optional<ImageResult> seen) implements WriteCondition {
    /** Nothing was seen that may be replaced. */
    public Newest() {
      this(Optional.empty());
    }
  }

  /**
   * The table holds what it held before the object was read.
   *
   * @param seen the item then; empty if there was none
   */
  record Unchanged(Optional<ImageResult> seen) implements WriteCondition {}

  /** A condition in DynamoDB's words. */
  record Expression(String text, Map<String, AttributeValue> values) {
    /** An older event never replaces what a newer one led to. */
    static final String NEWEST =
        "attribute_not_exists(image) OR attribute_not_exists(sequencer) OR sequencer < :sequencer";

    /** The same event may be scored again by another model than the one that was seen. */
    static final String NEWEST_OR_SEEN =
        NEWEST + " OR (sequencer = :sequencer AND modelHash = :seenHash)";

    /** What a reviewer says of other content falls with that. */
    static final String OTHER_CONTENT = "attribute_not_exists(eTag) OR eTag <> :eTag";

    /** What a reviewer said, and we did not see, is not written over. */
    static final String NO_REVIEW =
        "attribute_not_exists(reviewState) OR reviewState <> :done OR " + OTHER_CONTENT;

    /** Nor does what was taken back come again. */
    static final String SAME_REVIEW = "reviewOrder = :reviewOrder OR " + OTHER_CONTENT;

    static final String NONE = "attribute_not_exists(image)";
    static final String SAME = "attempt = :seenAttempt";

    /** Of an item from before attempts were told apart. */
    static final String SAME_TIME = "classifiedAt = :seenAt AND attribute_not_exists(attempt)";
  }

  /**
   * This condition for writing {@code result}.
   *
   * @throws IllegalArgumentException if it asks for an order and the result has none
   */
  default Expression expression(ImageResult result) {
    Expression order =
        switch (this) {
          case Newest(Optional<ImageResult> seen) -> newest(result, seen);
          case Unchanged(Optional<ImageResult> seen) ->
              seen.map(WriteCondition::same).orElse(new Expression(Expression.NONE, Map.of()));
        };
    return result.version().eTag() == null ? order : keepingReviews(order, result);
  }

  private static Expression keepingReviews(Expression order, ImageResult result) {
    Map<String, AttributeValue> values = new HashMap<>(order.values());
    values.put(":eTag", ItemCodec.string(result.version().eTag()));
    if (result.reviewed().isEmpty()) {
      values.put(":done", ItemCodec.string(Review.State.DONE.name()));
      return new Expression("(%s) AND (%s)".formatted(order.text(), Expression.NO_REVIEW), values);
    }
    values.put(":reviewOrder", ReviewCodec.order(result.reviewed().get()));
    return new Expression("(%s) AND (%s)".formatted(order.text(), Expression.SAME_REVIEW), values);
  }

  private static Expression newest(ImageResult result, Optional<ImageResult> seen) {
    if (result.version().sequencer() == null) {
      throw new IllegalArgumentException(
          result.image() + " has no sequencer; it can only be written if the item is unchanged");
    }
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":sequencer", ItemCodec.string(result.version().sequencer().value()));
    if (seen.isEmpty() || !isReplaceable(seen.get(), result)) {
      return new Expression(Expression.NEWEST, values);
    }
    values.put(":seenHash", ItemCodec.string(seen.get().model().hash()));
    return new Expression(Expression.NEWEST_OR_SEEN, values);
  }

  /** A tombstone has no model, and nothing takes its place but a later event. */
  private static boolean isReplaceable(ImageResult seen, ImageResult result) {
    return result.model() != null
        && seen.model() != null
        && !seen.isOfBundle(result.model().hash())
        && result.version().sequencer().equals(seen.version().sequencer());
  }

  private static Expression same(ImageResult seen) {
    return seen.attempt()
        .map(attempt ->
            new Expression(Expression.SAME, Map.of(":seenAttempt", ItemCodec.string(attempt.id()))))
        .orElseGet(() ->
            new Expression(
                Expression.SAME_TIME,
                Map.of(":seenAt", ItemCodec.string(ItemCodec.time(seen.classifiedAt())))));
  }
}
