package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.s3.S3Client;

class LocalServicesTest {

  private static final StaticCredentialsProvider LOCAL =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create(LocalS3.ACCESS_KEY, LocalS3.SECRET_KEY));

  @Test
  void put_shouldTellKeyAndETag_whenKeyIsNotAscii(@TempDir Path folder) throws Exception {
    List<ObjectChange> changes = new CopyOnWriteArrayList<>();

    try (LocalS3 s3 = LocalS3.onDisk(0, folder, changes::add);
        S3Client client = client(s3.endpoint())) {
      client.createBucket(b -> b.bucket("images"));
      String eTag =
          client
              .putObject(
                  b -> b.bucket("images").key("my photos/été (1)+😀.jpg"),
                  RequestBody.fromString("hello"))
              .eTag();
      client.deleteObject(b -> b.bucket("images").key("my photos/été (1)+😀.jpg"));

      // A client may repeat a request whose connection broke, as it may with S3.
      assertThat(changes.stream().map(ObjectChange::eventName).distinct())
          .containsExactly("ObjectCreated:Put", "ObjectRemoved:Delete");
      assertThat(changes.getFirst().key()).isEqualTo("my photos/été (1)+😀.jpg");
      assertThat(changes.getFirst().size()).isEqualTo(5);
      assertThat('"' + changes.getFirst().eTag() + '"').isEqualTo(eTag);
      assertThat(changes.getLast().sequencer()).isGreaterThan(changes.getFirst().sequencer());
    }
  }

  @Test
  void onDisk_shouldKeepTables_whenRestarted(@TempDir Path folder) throws Exception {
    try (LocalDynamoDb first = LocalDynamoDb.onDisk(0, folder);
        DynamoDbClient client = dynamo(first.endpoint())) {
      client.createTable(
          b ->
              b.tableName("table")
                  .attributeDefinitions(
                      AttributeDefinition.builder().attributeName("k").attributeType("S").build())
                  .keySchema(KeySchemaElement.builder().attributeName("k").keyType("HASH").build())
                  .billingMode("PAY_PER_REQUEST"));
    }

    try (LocalDynamoDb second = LocalDynamoDb.onDisk(0, folder);
        DynamoDbClient client = dynamo(second.endpoint())) {
      assertThat(client.listTables().tableNames()).containsExactly("table");
    }
  }

  private static DynamoDbClient dynamo(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(LOCAL)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private static S3Client client(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(LOCAL)
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }
}
