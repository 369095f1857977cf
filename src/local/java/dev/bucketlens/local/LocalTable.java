package dev.bucketlens.local;

import dev.bucketlens.results.TableDefinition;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
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

  /** Makes what is missing, and returns the ARN of the table's stream. */
  static String create(DynamoDbClient client, String name) {
    try {
      client.createTable(
          TableDefinition.createTable(name).toBuilder().streamSpecification(STREAM).build());
    } catch (ResourceInUseException e) {
      // It is there from an earlier run, which is what is wanted.
    }
    TableDescription table = client.describeTable(r -> r.tableName(name)).table();
    return table.latestStreamArn() != null
        ? table.latestStreamArn()
        : client
            .updateTable(r -> r.tableName(name).streamSpecification(STREAM))
            .tableDescription()
            .latestStreamArn();
  }
}
