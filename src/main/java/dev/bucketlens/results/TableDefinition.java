package dev.bucketlens.results;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * The table's keys and indexes, for a laptop and for tests; in AWS {@code template.yaml} says the
 * same.
 */
public final class TableDefinition {
  /** Images of one label, by score. Items without a label are not in it. */
  public static final String BY_LABEL = "byLabel";

  /** Images of one day (UTC), by time. Tombstones have no day and are not in it. */
  public static final String BY_TIME = "byTime";

  /** Images that people are asked about, or said something of. All others are not in it. */
  public static final String BY_REVIEW = "byReview";

  /** Images of the random share that people said something of. All others are not in it. */
  public static final String BY_SAMPLE = "bySample";

  private TableDefinition() {}

  /** Creates the table under {@code name}: on demand, all indexes with all attributes. */
  public static CreateTableRequest createTable(String name) {
    return CreateTableRequest.builder()
        .tableName(name)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(
            attribute("image", ScalarAttributeType.S),
            attribute("label", ScalarAttributeType.S),
            attribute("score", ScalarAttributeType.N),
            attribute("day", ScalarAttributeType.S),
            attribute("classifiedAt", ScalarAttributeType.S),
            attribute(ReviewCodec.STATE, ScalarAttributeType.S),
            attribute(ReviewCodec.SAMPLE_STATE, ScalarAttributeType.S),
            attribute(ReviewCodec.ORDER, ScalarAttributeType.N))
        .keySchema(key("image", KeyType.HASH))
        .globalSecondaryIndexes(
            index(BY_LABEL, "label", "score"),
            index(BY_TIME, "day", "classifiedAt"),
            index(BY_REVIEW, ReviewCodec.STATE, ReviewCodec.ORDER),
            index(BY_SAMPLE, ReviewCodec.SAMPLE_STATE, ReviewCodec.ORDER))
        .build();
  }

  private static GlobalSecondaryIndex index(String name, String partition, String sort) {
    return GlobalSecondaryIndex.builder()
        .indexName(name)
        .keySchema(List.of(key(partition, KeyType.HASH), key(sort, KeyType.RANGE)))
        .projection(p -> p.projectionType(ProjectionType.ALL))
        .build();
  }

  private static KeySchemaElement key(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }
}
