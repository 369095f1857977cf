package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

class LocalServicesTest {
  /** When S3Proxy still left uploads unread, one in ten of them broke. */
  private static final int UPLOADS = 200;

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

      assertThat(changes)
          .extracting(ObjectChange::eventName)
          .containsExactly("ObjectCreated:Put", "ObjectRemoved:Delete");
      assertThat(changes.getFirst().key()).isEqualTo("my photos/été (1)+😀.jpg");
      assertThat(changes.getFirst().size()).isEqualTo(5);
      assertThat('"' + changes.getFirst().eTag() + '"').isEqualTo(eTag);
      assertThat(changes.getLast().sequencer()).isGreaterThan(changes.getFirst().sequencer());
    }
  }

  @Test
  void upload_shouldBeMadeOfItsParts_whenTheFolderIsRelative(@TempDir Path folder)
      throws Exception {
    Path relative = Path.of("").toAbsolutePath().relativize(folder);
    List<ObjectChange> changes = new CopyOnWriteArrayList<>();

    try (LocalS3 s3 = LocalS3.onDisk(0, relative, changes::add);
        S3Client client = client(s3.endpoint())) {
      client.createBucket(b -> b.bucket("images"));
      EventPhotos.put(client, "images");
    }

    assertThat(changes)
        .extracting(ObjectChange::eventName)
        .contains("ObjectCreated:CompleteMultipartUpload");
  }

  @Test
  void put_shouldSucceedAtOnce_whenTheClientNeverRetries() throws Exception {
    AtomicInteger told = new AtomicInteger();

    try (LocalS3 s3 = LocalS3.inMemory(0, _ -> told.incrementAndGet());
        S3Client client = impatientClient(s3.endpoint())) {
      client.createBucket(b -> b.bucket("images"));
      for (int i = 0; i < UPLOADS; i++) {
        client.putObject(b -> b.bucket("images").key("photo.jpg"), RequestBody.fromString("hello"));
      }
    }

    assertThat(told).hasValue(UPLOADS);
  }

  @Test
  void put_shouldSayWhy_whenALargeUploadIsRefused() throws Exception {
    byte[] large = new byte[8 * 1024 * 1024];

    try (LocalS3 s3 = LocalS3.inMemory(0, _ -> {});
        S3Client client = impatientClient(s3.endpoint())) {
      assertThatThrownBy(() ->
              client.putObject(
                  b -> b.bucket("missing").key("photo.jpg"), RequestBody.fromBytes(large)))
          .isInstanceOf(NoSuchBucketException.class);
    }
  }

  @Test
  void onDisk_shouldKeepTables_whenRestarted(@TempDir Path folder) throws Exception {
    try (LocalDynamoDb first = LocalDynamoDb.onDisk(0, folder);
        DynamoDbClient client = dynamo(first.endpoint())) {
      client.createTable(b ->
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
    return clientBuilder(endpoint).build();
  }

  /**
   * A client that tries once. It does not ask for leave before it sends much (Expect:
   * 100-continue): when the answer is a refusal, the JDK's HTTP client now and then takes it for
   * the leave and waits for a second one.
   */
  private static S3Client impatientClient(URI endpoint) {
    return clientBuilder(endpoint)
        .serviceConfiguration(c -> c.expectContinueEnabled(false))
        .overrideConfiguration(c -> c.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .build();
  }

  private static S3ClientBuilder clientBuilder(URI endpoint) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(LOCAL)
        .forcePathStyle(true)
        .httpClientBuilder(UrlConnectionHttpClient.builder());
  }
}
