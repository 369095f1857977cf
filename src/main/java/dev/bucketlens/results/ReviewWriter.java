package dev.bucketlens.results;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** Writes what people say of an image beside its verdict, and nothing else of the item. */
final class ReviewWriter {
  /** The reviewer saw this content, and it was scored. */
  private static final String SEEN = "#status = :classified AND eTag = :eTag";

  private final DynamoDbClient client;
  private final String table;

  ReviewWriter(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /** Returns why nothing was written; empty if the item holds the review. */
  Optional<ReviewConflict> write(String image, String eTag, Review review) {
    try {
      client.updateItem(request(image, eTag, review));
      return Optional.empty();
    } catch (ConditionalCheckFailedException conflict) {
      return Optional.of(
          conflict.hasItem() ? why(ItemCodec.fromItem(conflict.item())) : ReviewConflict.UNKNOWN);
    }
  }

  private UpdateItemRequest request(String image, String eTag, Review review) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":classified", ItemCodec.string(Status.CLASSIFIED.name()));
    values.put(":eTag", ItemCodec.string(eTag));
    StringBuilder update = new StringBuilder("SET ");
    ReviewCodec.toAttributes(review)
        .forEach((name, value) -> {
          update.append(values.size() > 2 ? ", " : "").append(name).append(" = :").append(name);
          values.put(":" + name, value);
        });
    if (review.state() == Review.State.OPEN) {
      update.append(" REMOVE ").append(ReviewCodec.REVIEW);
    }
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(Map.of("image", ItemCodec.string(image)))
        .updateExpression(update.toString())
        .conditionExpression(SEEN)
        .expressionAttributeNames(Map.of("#status", "status"))
        .expressionAttributeValues(values)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  private static ReviewConflict why(ImageResult stored) {
    return switch (stored.status()) {
      case DELETED -> ReviewConflict.DELETED;
      case REJECTED -> ReviewConflict.REJECTED;
      case CLASSIFIED -> ReviewConflict.CHANGED;
    };
  }
}
