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
   * The table knows of no later event, and not of this one under this model. For results with a
   * sequencer.
   */
  record Newest() implements WriteCondition {}

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

    /** The same event may be scored again by another model; a tombstone has none to compare. */
    static final String NEWEST_OF_MODEL =
        NEWEST
            + " OR (sequencer = :sequencer"
            + " AND attribute_exists(modelHash) AND modelHash <> :modelHash)";

    static final String NONE = "attribute_not_exists(image)";
    static final String SAME = "classifiedAt = :seenAt AND sequencer = :seenSequencer";
    static final String SAME_UNORDERED =
        "classifiedAt = :seenAt AND attribute_not_exists(sequencer)";
  }

  /**
   * This condition for writing {@code result}.
   *
   * @throws IllegalArgumentException if it asks for an order and the result has none
   */
  default Expression expression(ImageResult result) {
    return switch (this) {
      case Newest _ -> newest(result);
      case Unchanged(Optional<ImageResult> seen) ->
          seen.map(WriteCondition::same).orElse(new Expression(Expression.NONE, Map.of()));
    };
  }

  private static Expression newest(ImageResult result) {
    if (result.version().sequencer() == null) {
      throw new IllegalArgumentException(
          result.image() + " has no sequencer; it can only be written if the item is unchanged");
    }
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":sequencer", ItemCodec.string(result.version().sequencer().value()));
    if (result.model() == null) {
      return new Expression(Expression.NEWEST, values);
    }
    values.put(":modelHash", ItemCodec.string(result.model().hash()));
    return new Expression(Expression.NEWEST_OF_MODEL, values);
  }

  private static Expression same(ImageResult seen) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":seenAt", ItemCodec.string(ItemCodec.time(seen.classifiedAt())));
    Sequencer sequencer = seen.version().sequencer();
    if (sequencer == null) {
      return new Expression(Expression.SAME_UNORDERED, values);
    }
    values.put(":seenSequencer", ItemCodec.string(sequencer.value()));
    return new Expression(Expression.SAME, values);
  }
}
