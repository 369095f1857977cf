package dev.bucketlens.testing;

import dev.bucketlens.local.LocalDynamoDb;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.TableDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An empty results table in a DynamoDB Local of its own, in memory. */
public final class TestTable implements AutoCloseable {
  public static final String NAME = "results";

  private final LocalDynamoDb database;
  private final DynamoDbClient client;

  private TestTable(LocalDynamoDb database) {
    this.database = database;
    this.client = client(database.endpoint());
    client.createTable(TableDefinition.createTable(NAME));
  }

  public static TestTable start() {
    try {
      return new TestTable(LocalDynamoDb.inMemory(0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DynamoDbClient client(URI endpoint) {
    return DynamoDbClient.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(endpoint)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  public URI endpoint() {
    return database.endpoint();
  }

  public DynamoDbClient client() {
    return client;
  }

  public ResultStore store(Clock clock) {
    return new ResultStore(client, NAME, clock);
  }

  /** Every item, as DynamoDB holds it. */
  public List<Map<String, AttributeValue>> items() {
    return client.scanPaginator(r -> r.tableName(NAME).consistentRead(true)).items().stream()
        .toList();
  }

  public void clear() {
    for (Map<String, AttributeValue> item : items()) {
      client.deleteItem(r -> r.tableName(NAME).key(Map.of("image", item.get("image"))));
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    database.close();
  }
}
