package dev.bucketlens.results;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * The table of results. Safe for use by several threads; the client stays the caller's to close.
 *
 * <p>S3 delivers at least once and in any order, so every write carries its condition to the table,
 * where alone it can be checked and met in one step. Failures of DynamoDB leave as the SDK's
 * exceptions.
 */
public final class ResultStore {
  /** An older event never replaces what a newer one led to. */
  static final String IF_NEWER =
      "attribute_not_exists(image) OR attribute_not_exists(sequencer) OR sequencer < :sequencer";

  /** The same event may be scored again by another model; a tombstone has no model to compare. */
  static final String IF_NEWER_OR_OTHER_MODEL =
      IF_NEWER
          + " OR (sequencer = :sequencer"
          + " AND attribute_exists(modelHash) AND modelHash <> :modelHash)";

  static final String IF_NEW = "attribute_not_exists(image)";
  static final String IF_UNCHANGED = "classifiedAt = :seenAt AND sequencer = :seenSequencer";
  static final String IF_UNCHANGED_UNORDERED =
      "classifiedAt = :seenAt AND attribute_not_exists(sequencer)";

  private final DynamoDbClient client;
  private final String table;
  private final ResultFinder finder;

  /**
   * A view on one table.
   *
   * @param clock tells the day at which {@link #query} starts
   */
  public ResultStore(DynamoDbClient client, String table, Clock clock) {
    this.client = client;
    this.table = table;
    this.finder = new ResultFinder(new IndexReader(client, table), clock);
  }

  /** The item of {@code image}; sees every write that was answered before. */
  public Optional<ImageResult> find(String image) {
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName(table)
            .key(Map.of("image", ItemCodec.string(image)))
            .consistentRead(true)
            .build();
    Map<String, AttributeValue> item = client.getItem(request).item();
    return item.isEmpty() ? Optional.empty() : Optional.of(ItemCodec.fromItem(item));
  }

  /** One page of the results that match. */
  public ResultPage query(ResultQuery query) {
    return finder.find(query);
  }

  /**
   * Writes what an event led to, unless the table knows of a later event or of the same under the
   * same model.
   *
   * @throws IllegalArgumentException if the result has no sequencer
   */
  public WriteOutcome put(ImageResult result) {
    if (result.version().sequencer() == null) {
      throw new IllegalArgumentException(
          result.image() + " has no sequencer; use putIfUnchanged for unordered events");
    }
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":sequencer", ItemCodec.string(result.version().sequencer().value()));
    if (result.model() == null) {
      return put(result, IF_NEWER, values);
    }
    values.put(":modelHash", ItemCodec.string(result.model().hash()));
    return put(result, IF_NEWER_OR_OTHER_MODEL, values);
  }

  /**
   * Writes what an event without a sequencer led to, if the table still holds what was seen before
   * the object was read.
   *
   * @param seen the item as {@link #find} gave it; empty if there was none
   * @return {@link WriteOutcome#SUPERSEDED} if the item has changed or is gone: look again
   */
  public WriteOutcome putIfUnchanged(ImageResult result, Optional<ImageResult> seen) {
    if (seen.isEmpty()) {
      return put(result, IF_NEW, Map.of());
    }
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":seenAt", ItemCodec.string(ItemCodec.time(seen.get().classifiedAt())));
    Sequencer sequencer = seen.get().version().sequencer();
    if (sequencer == null) {
      return put(result, IF_UNCHANGED_UNORDERED, values);
    }
    values.put(":seenSequencer", ItemCodec.string(sequencer.value()));
    return put(result, IF_UNCHANGED, values);
  }

  private WriteOutcome put(
      ImageResult result, String condition, Map<String, AttributeValue> values) {
    PutItemRequest.Builder request =
        PutItemRequest.builder()
            .tableName(table)
            .item(ItemCodec.toItem(result))
            .conditionExpression(condition)
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    if (!values.isEmpty()) {
      request.expressionAttributeValues(values);
    }
    try {
      client.putItem(request.build());
      return WriteOutcome.WRITTEN;
    } catch (ConditionalCheckFailedException conflict) {
      // The item that was seen before may be gone: tombstones expire.
      return conflict.hasItem()
          ? explain(result, ItemCodec.fromItem(conflict.item()))
          : WriteOutcome.SUPERSEDED;
    }
  }

  /** A write whose answer was lost is tried again by the SDK, and then meets itself. */
  private static WriteOutcome explain(ImageResult attempt, ImageResult stored) {
    if (stored.isSameAttempt(attempt)) {
      return WriteOutcome.WRITTEN;
    }
    Sequencer ours = attempt.version().sequencer();
    Sequencer theirs = stored.version().sequencer();
    return ours != null && ours.equals(theirs) ? WriteOutcome.DUPLICATE : WriteOutcome.SUPERSEDED;
  }
}
