package dev.bucketlens.bench;

import dev.bucketlens.local.LocalDynamoDb;
import dev.bucketlens.local.LocalS3;
import dev.bucketlens.local.Message;
import dev.bucketlens.local.ObjectChange;
import dev.bucketlens.local.S3EventJson;
import dev.bucketlens.results.TableDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;

/** What a function talks to, on loopback: S3 with its photos, which are URLs too, and DynamoDB. */
final class Backend implements AutoCloseable {
  private static final String BUCKET = "images";
  private static final String TABLE = "results";

  private final LocalS3 s3Server;
  private final LocalDynamoDb dynamoDbServer;
  private final S3Client s3;
  private final DynamoDbClient dynamoDb;
  private final Optional<TlsFront> tls;
  private final URI s3Endpoint;
  private final URI dynamoDbEndpoint;
  private final AtomicLong sequence = new AtomicLong();

  private Backend(Optional<TlsFront> tls) throws IOException {
    this.tls = tls;
    this.s3Server = LocalS3.inMemory(0, _ -> {});
    this.dynamoDbServer = LocalDynamoDb.inMemory(0);
    this.s3Endpoint = reached(s3Server.endpoint());
    this.dynamoDbEndpoint = reached(dynamoDbServer.endpoint());
    // Not the program's own clients: on a busy machine, the first table takes longer than their
    // two seconds.
    this.s3 =
        S3Client.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(s3Server.endpoint())
            .forcePathStyle(true)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    this.dynamoDb =
        DynamoDbClient.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(dynamoDbServer.endpoint())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  /**
   * Starts both, with an empty bucket and table.
   *
   * @param scheme how functions reach them: {@code http}, or {@code https} with an authority of its
   *     own, as all of AWS does
   */
  static Backend start(String scheme) throws Exception {
    Backend backend =
        new Backend(scheme.equals("https") ? Optional.of(TlsFront.create()) : Optional.empty());
    backend.s3.createBucket(request -> request.bucket(BUCKET));
    backend.dynamoDb.createTable(TableDefinition.createTable(TABLE));
    return backend;
  }

  private URI reached(URI server) throws IOException {
    return tls.isPresent() ? tls.get().before(server) : server;
  }

  /**
   * The environment of a function.
   *
   * @param python whether it is one of Python's, and not ours
   */
  Map<String, String> environment(boolean python) {
    Map<String, String> variables = new HashMap<>();
    variables.put("BUCKET", BUCKET);
    variables.put("TABLE", TABLE);
    variables.put("API_ACCESS", "public");
    variables.put("FETCH_ALLOW_NETWORKS", "127.0.0.0/8");
    variables.put("FETCH_PORTS", Integer.toString(s3Endpoint.getPort()));
    variables.put("AWS_ACCESS_KEY_ID", LocalS3.ACCESS_KEY);
    variables.put("AWS_SECRET_ACCESS_KEY", LocalS3.SECRET_KEY);
    variables.put("AWS_ENDPOINT_URL_S3", s3Endpoint.toString());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDbEndpoint.toString());
    tls.ifPresent(front -> variables.putAll(front.environment(python)));
    return variables;
  }

  /** Puts a photo where everybody on this machine may read it by URL. */
  void put(String key, Path photo) {
    s3.putObject(
        request -> request.bucket(BUCKET).key(key).acl(ObjectCannedACL.PUBLIC_READ),
        RequestBody.fromFile(photo));
  }

  /**
   * The event that Lambda gives a function when S3 has told the queue of new photos. Each call
   * makes a later event; none says what the content is, so that nothing is copied from an earlier
   * result.
   */
  String uploadEvent(List<String> keys) throws IOException {
    List<Message> messages = new ArrayList<>();
    for (String key : keys) {
      String sequencer = "%016X".formatted(sequence.incrementAndGet());
      ObjectChange change =
          new ObjectChange(
              "ObjectCreated:Put", Instant.now(), BUCKET, key, null, 0, null, sequencer);
      messages.add(new Message(sequencer, S3EventJson.notification(change), 1));
    }
    return new String(S3EventJson.sqsEvent(messages), StandardCharsets.UTF_8);
  }

  /** A direct invocation with the URL of a photo. */
  String urlEvent(String key) {
    return "{\"url\": \"%s/%s/%s\"}".formatted(s3Endpoint, BUCKET, key);
  }

  /** Has the table forget a photo, for which it must have a label. */
  void takeLabel(String key) throws IOException {
    Map<String, AttributeValue> item =
        dynamoDb
            .deleteItem(request ->
                request
                    .tableName(TABLE)
                    .key(Map.of("image", AttributeValue.fromS("s3://" + BUCKET + "/" + key)))
                    .returnValues("ALL_OLD"))
            .attributes();
    if (!item.containsKey("label")) {
      throw new IOException("The table has no label for " + key + ": " + item);
    }
  }

  @Override
  public void close() throws IOException {
    s3.close();
    dynamoDb.close();
    if (tls.isPresent()) {
      tls.get().close();
    }
    s3Server.close();
    dynamoDbServer.close();
  }
}
