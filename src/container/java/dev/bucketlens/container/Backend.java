package dev.bucketlens.container;

import dev.bucketlens.local.LocalDynamoDb;
import dev.bucketlens.local.LocalS3;
import dev.bucketlens.local.Message;
import dev.bucketlens.local.ObjectChange;
import dev.bucketlens.local.S3EventJson;
import dev.bucketlens.results.TableDefinition;
import dev.bucketlens.testing.FunctionProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;

/**
 * What functions talk to, on loopback: S3 with its photos, which are URLs too, and DynamoDB. The
 * training run drives it, and the benchmark.
 */
public final class Backend implements AutoCloseable {
  private static final String BUCKET = "images";
  private static final String TABLE = "results";

  private final LocalS3 s3Server = LocalS3.inMemory(0, _ -> {});
  private final LocalDynamoDb dynamoDbServer = LocalDynamoDb.inMemory(0);
  private final S3Client s3;
  private final DynamoDbClient dynamoDb;
  private final TlsFront tls;
  private final URI s3Url;
  private final URI dynamoDbUrl;
  private int sequence;

  /**
   * Starts both, with an empty bucket and table.
   *
   * @param byTls whether functions reach them by TLS with an authority of its own, as all of AWS
   */
  public Backend(boolean byTls) throws Exception {
    tls = byTls ? new TlsFront() : null;
    s3Url = byTls ? tls.before(s3Server.endpoint()) : s3Server.endpoint();
    dynamoDbUrl = byTls ? tls.before(dynamoDbServer.endpoint()) : dynamoDbServer.endpoint();
    // Not the program's own clients: on a busy machine, the first table takes longer than their
    // two seconds.
    s3 =
        S3Client.builder()
            .endpointOverride(s3Server.endpoint())
            .forcePathStyle(true)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    dynamoDb =
        DynamoDbClient.builder()
            .endpointOverride(dynamoDbServer.endpoint())
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    s3.createBucket(request -> request.bucket(BUCKET));
    dynamoDb.createTable(TableDefinition.createTable(TABLE));
  }

  /**
   * Starts a function on these.
   *
   * @param python whether it is one of Python's, and not ours
   * @param model the file of its model; empty for the packaged one
   */
  public FunctionProcess function(
      List<String> command, Path folder, boolean python, String model, Path output)
      throws IOException {
    Map<String, String> variables = new HashMap<>();
    variables.put("LAMBDA_TASK_ROOT", folder.toString());
    variables.put("BUCKET", BUCKET);
    variables.put("TABLE", TABLE);
    variables.put("MODEL", model);
    variables.put("API_ACCESS", "public");
    variables.put("FETCH_ALLOW_NETWORKS", "127.0.0.0/8");
    variables.put("FETCH_PORTS", Integer.toString(s3Url.getPort()));
    variables.put("AWS_ACCESS_KEY_ID", LocalS3.ACCESS_KEY);
    variables.put("AWS_SECRET_ACCESS_KEY", LocalS3.SECRET_KEY);
    variables.put("AWS_ENDPOINT_URL_S3", s3Url.toString());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDbUrl.toString());
    if (tls != null) {
      variables.putAll(tls.environment(python));
    }
    return FunctionProcess.start(command, folder, variables, output);
  }

  /** Puts a photo where everybody on this machine may read it by URL. */
  public void put(String key, Path photo) {
    s3.putObject(
        request -> request.bucket(BUCKET).key(key).acl(ObjectCannedACL.PUBLIC_READ),
        RequestBody.fromFile(photo));
  }

  /**
   * The event that Lambda gives a function when S3 has told the queue of new photos. Each call
   * makes a later event; none says what the content is, so that nothing is copied from an earlier
   * result.
   */
  public String uploadEvent(String... keys) throws IOException {
    List<Message> messages = new ArrayList<>();
    for (String key : keys) {
      String sequencer = "%016X".formatted(++sequence);
      ObjectChange change =
          new ObjectChange(
              "ObjectCreated:Put", Instant.now(), BUCKET, key, null, 0, null, sequencer);
      messages.add(new Message(sequencer, S3EventJson.notification(change), 1));
    }
    return new String(S3EventJson.sqsEvent(messages), StandardCharsets.UTF_8);
  }

  /** A direct invocation with the URL of a photo. */
  public String urlEvent(String key) {
    return "{\"url\": \"%s/%s/%s\"}".formatted(s3Url, BUCKET, key);
  }

  /** Has the table forget a photo, for which it must have a label. */
  public void takeLabel(String key) throws IOException {
    Map<String, AttributeValue> image =
        Map.of("image", AttributeValue.fromS("s3://" + BUCKET + "/" + key));
    Map<String, AttributeValue> item =
        dynamoDb
            .deleteItem(r -> r.tableName(TABLE).key(image).returnValues(ReturnValue.ALL_OLD))
            .attributes();
    if (!item.containsKey("label")) {
      throw new IOException("The table has no label for " + key + ": " + item);
    }
  }

  @Override
  public void close() throws IOException {
    s3.close();
    dynamoDb.close();
    if (tls != null) {
      tls.close();
    }
    s3Server.close();
    dynamoDbServer.close();
  }
}
