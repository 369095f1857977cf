package dev.bucketlens.local;

import dev.bucketlens.results.TableDefinition;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** The table of results in DynamoDB Local, which may hold one of an earlier run. */
final class LocalTable {
  private static final StreamSpecification STREAM =
      StreamSpecification.builder()
          .streamEnabled(true)
          .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
          .build();

  private LocalTable() {}

  /** A table of an earlier version lacks some; DynamoDB adds one at a time. */
  private static void addMissingIndexes(DynamoDbClient client, String name) {
    CreateTableRequest wanted = TableDefinition.createTable(name);
    Set<String> there =
        client.describeTable(r -> r.tableName(name)).table().globalSecondaryIndexes().stream()
            .map(GlobalSecondaryIndexDescription::indexName)
            .collect(Collectors.toSet());
    for (GlobalSecondaryIndex index : wanted.globalSecondaryIndexes()) {
      if (!there.contains(index.indexName())) {
        GlobalSecondaryIndexUpdate missing =
            GlobalSecondaryIndexUpdate.builder()
                .create(c ->
                    c.indexName(index.indexName())
                        .keySchema(index.keySchema())
                        .projection(index.projection()))
                .build();
        client.updateTable(r ->
            r.tableName(name)
                .attributeDefinitions(wanted.attributeDefinitions())
                .globalSecondaryIndexUpdates(List.of(missing)));
      }
    }
  }

  /** Makes what is missing, and returns the ARN of the table's stream. */
  static String create(DynamoDbClient client, String name) {
    try {
      client.createTable(
          TableDefinition.createTable(name).toBuilder().streamSpecification(STREAM).build());
    } catch (ResourceInUseException e) {
      // It is there from an earlier run, which is what is wanted.
    }
    addMissingIndexes(client, name);
    TableDescription table = client.describeTable(r -> r.tableName(name)).table();
    return table.latestStreamArn() != null
        ? table.latestStreamArn()
        : client
            .updateTable(r -> r.tableName(name).streamSpecification(STREAM))
            .tableDescription()
            .latestStreamArn();
  }
}
