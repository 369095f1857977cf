package dev.bucketlens.results;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * The table of results. Safe for use by several threads; the client stays the caller's to close.
 *
 * <p>S3 delivers at least once and in any order, so every write carries its condition to the table,
 * where alone it can be checked and met in one step. Failures of DynamoDB leave as the SDK's
 * exceptions.
 */
public final class ResultStore {
  /** DynamoDB takes no longer key, and fails where one is asked for. */
  private static final int MAX_KEY_BYTES = 2048;

  private final DynamoDbClient client;
  private final String table;
  private final IndexReader reader;
  private final ResultFinder finder;
  private final ReviewWriter reviews;

  /**
   * A view on one table.
   *
   * @param clock tells the day at which {@link #query} starts
   */
  public ResultStore(DynamoDbClient client, String table, Clock clock) {
    this.client = client;
    this.table = table;
    this.reader = new IndexReader(client, table);
    this.finder = new ResultFinder(reader, clock);
    this.reviews = new ReviewWriter(client, table);
  }

  /** The item of {@code image}; sees every write that was answered before. */
  public Optional<ImageResult> find(String image) {
    if (image.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
      return Optional.empty();
    }
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
   * The first results that match, page after page: a bounded read, however many there are.
   *
   * @param most of them, or a few more, to the end of their page
   * @param query its own limit is the one of a page
   */
  public ResultPage first(int most, ResultQuery query) {
    ResultPage page = query(query);
    List<ImageResult> found = new ArrayList<>(page.results());
    while (page.next().isPresent() && found.size() < most) {
      page = query(query.from(page.next().get()));
      found.addAll(page.results());
    }
    return new ResultPage(found, page.next());
  }

  /** One page of what is in the index, in no order: a bounded look at however many there are. */
  public ResultPage glance() {
    return reader.glance();
  }

  /** All items, tombstones too, in no order: as they are read, page by page, to the table's end. */
  public Stream<ImageResult> all() {
    return client.scanPaginator(r -> r.tableName(table)).items().stream().map(ItemCodec::fromItem);
  }

  /** How many items there were when DynamoDB last counted them, some hours ago. */
  public long approximateCount() {
    return client.describeTable(r -> r.tableName(table)).table().itemCount();
  }

  /**
   * Writes a result if the condition is met.
   *
   * @return why nothing was written; empty if the table holds the result
   */
  public Optional<Conflict> put(ImageResult result, WriteCondition condition) {
    WriteCondition.Expression expression = condition.expression(result);
    PutItemRequest.Builder request =
        PutItemRequest.builder()
            .tableName(table)
            .item(ItemCodec.toItem(result))
            .conditionExpression(expression.text())
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    if (!expression.values().isEmpty()) {
      request.expressionAttributeValues(expression.values());
    }
    try {
      client.putItem(request.build());
      return Optional.empty();
    } catch (ConditionalCheckFailedException conflict) {
      // The item that was seen before may be gone: tombstones expire.
      return conflict.hasItem()
          ? conflict(result, ItemCodec.fromItem(conflict.item()))
          : Optional.of(Conflict.OTHER_ITEM);
    }
  }

  /**
   * Adds what the shadow model says to the item, if that is still the one that was written.
   *
   * @param result as it was written, by an attempt
   * @return whether it was
   */
  public boolean addShadow(ImageResult result, Shadow shadow) {
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(table)
            .key(Map.of("image", ItemCodec.string(result.image())))
            .updateExpression("SET shadow = :shadow")
            .conditionExpression("attempt = :attempt")
            .expressionAttributeValues(
                Map.of(
                    ":shadow", OpinionCodec.toMap(shadow),
                    ":attempt", ItemCodec.string(result.attempt().orElseThrow().id())))
            .build();
    try {
      client.updateItem(request);
      return true;
    } catch (ConditionalCheckFailedException e) {
      // A later event has changed the item meanwhile, and the shadow spoke of what was there.
      return false;
    }
  }

  /**
   * Writes what a person says of an image, or asks for it again, beside the verdict.
   *
   * @param eTag the content that the person saw
   * @return why nothing was written; empty if the table holds the review
   */
  public Optional<ReviewConflict> review(String image, String eTag, Review review) {
    return reviews.write(image, eTag, review);
  }

  /** A write whose answer was lost is tried again by the SDK, and then meets itself. */
  private static Optional<Conflict> conflict(ImageResult attempt, ImageResult stored) {
    if (stored.isSameAttempt(attempt)) {
      return Optional.empty();
    }
    if (!stored.reviewed().equals(attempt.reviewed())
        && stored.version().sameContent(attempt.version())) {
      return Optional.of(Conflict.REVIEWED);
    }
    Sequencer ours = attempt.version().sequencer();
    boolean sameEvent = ours != null && ours.equals(stored.version().sequencer());
    return Optional.of(sameEvent ? Conflict.SAME_EVENT : Conflict.OTHER_ITEM);
  }
}
