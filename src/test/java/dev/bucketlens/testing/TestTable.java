package dev.bucketlens.testing;

import dev.bucketlens.local.LocalDynamoDb;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.TableDefinition;
import java.io.Closeable;
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
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** An empty results table in a DynamoDB Local of its own, in memory. */
public final class TestTable implements AutoCloseable {
  public static final String NAME = "results";

  private final Closeable database;
  private final URI endpoint;
  private final DynamoDbClient client;

  private TestTable(Closeable database, URI endpoint, DynamoDbClient client) {
    this.database = database;
    this.endpoint = endpoint;
    this.client = client;
    client.createTable(TableDefinition.createTable(NAME));
  }

  /** Served over HTTP, as in AWS. */
  public static TestTable start() {
    try {
      LocalDynamoDb database = LocalDynamoDb.inMemory(0);
      return new TestTable(database::close, database.endpoint(), client(database.endpoint()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Called straight, without HTTP: many times faster, for tests with very many requests. */
  public static TestTable embedded() {
    // Its telemetry would report this run, and keep a file of its own in the working folder.
    boolean disableTelemetry = true;
    AmazonDynamoDBLocal database = DynamoDBEmbedded.create(disableTelemetry);
    return new TestTable(database::shutdown, null, database.dynamoDbClient());
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

  /** Null if embedded. */
  public URI endpoint() {
    return endpoint;
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
