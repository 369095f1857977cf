package dev.bucketlens.results;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    Map<String, AttributeValue> attributes = ReviewCodec.toAttributes(review);
    attributes.forEach((name, value) -> values.put(":" + name, value));
    return UpdateItemRequest.builder()
        .tableName(table)
        .key(Map.of("image", ItemCodec.string(image)))
        .updateExpression(update(attributes.keySet()))
        .conditionExpression(SEEN)
        .expressionAttributeNames(Map.of("#status", "status"))
        .expressionAttributeValues(values)
        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
        .build();
  }

  /** Sets these attributes, and removes what else an earlier review has left. */
  private static String update(Set<String> attributes) {
    String set =
        attributes.stream()
            .map(name -> name + " = :" + name)
            .collect(Collectors.joining(", ", "SET ", ""));
    List<String> others =
        ReviewCodec.ATTRIBUTES.stream().filter(name -> !attributes.contains(name)).toList();
    return others.isEmpty() ? set : set + " REMOVE " + String.join(", ", others);
  }

  private static ReviewConflict why(ImageResult stored) {
    return switch (stored.status()) {
      case DELETED -> ReviewConflict.DELETED;
      case REJECTED -> ReviewConflict.REJECTED;
      case CLASSIFIED -> ReviewConflict.CHANGED;
    };
  }
}
