package dev.bucketlens.bench;

import com.sun.net.httpserver.HttpServer;
import dev.bucketlens.local.LocalDynamoDb;
import dev.bucketlens.local.LocalS3;
import dev.bucketlens.results.TableDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/** What a function talks to: S3, DynamoDB and a web server with the photos, all on loopback. */
final class Backend implements AutoCloseable {
  private static final String BUCKET = "images";
  private static final String TABLE = "results";

  private final LocalS3 s3Server;
  private final LocalDynamoDb dynamoDbServer;
  private final HttpServer web;
  private final S3Client s3;
  private final DynamoDbClient dynamoDb;
  private final Optional<TlsFront> tls;
  private final URI s3Endpoint;
  private final URI dynamoDbEndpoint;
  private final URI webEndpoint;
  private final Map<String, Integer> sizes = new ConcurrentHashMap<>();
  private final AtomicLong sequence = new AtomicLong();

  private Backend(
      LocalS3 s3Server, LocalDynamoDb dynamoDbServer, HttpServer web, Optional<TlsFront> tls)
      throws IOException {
    this.s3Server = s3Server;
    this.dynamoDbServer = dynamoDbServer;
    this.web = web;
    this.tls = tls;
    this.s3Endpoint = reached(s3Server.endpoint());
    this.dynamoDbEndpoint = reached(dynamoDbServer.endpoint());
    this.webEndpoint = reached(URI.create("http://127.0.0.1:" + web.getAddress().getPort()));
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
   * Starts all three, with an empty bucket and table.
   *
   * @param scheme how functions reach them: {@code http}, or {@code https} with an authority of its
   *     own, as all of AWS does
   */
  static Backend start(String scheme) throws IOException, InterruptedException {
    System.setProperty("sun.net.httpserver.nodelay", "true");
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.setExecutor(Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory()));
    web.start();
    Optional<TlsFront> tls =
        scheme.equals("https") ? Optional.of(TlsFront.create()) : Optional.empty();
    Backend backend =
        new Backend(LocalS3.inMemory(0, _ -> {}), LocalDynamoDb.inMemory(0), web, tls);
    backend.s3.createBucket(request -> request.bucket(BUCKET));
    backend.dynamoDb.createTable(TableDefinition.createTable(TABLE));
    return backend;
  }

  private URI reached(URI server) throws IOException {
    return tls.isPresent() ? tls.get().before(server) : server;
  }

  /**
   * The environment of a function, apart from what its runtime needs.
   *
   * @param ours whether it is one of ours, and not Python's
   */
  Map<String, String> environment(boolean ours) {
    Map<String, String> variables = new HashMap<>();
    variables.put("BUCKET", BUCKET);
    variables.put("TABLE", TABLE);
    variables.put("API_ACCESS", "public");
    variables.put("FETCH_ALLOW_NETWORKS", "127.0.0.0/8");
    variables.put("FETCH_PORTS", Integer.toString(webEndpoint.getPort()));
    variables.put("AWS_REGION", "us-east-1");
    variables.put("AWS_DEFAULT_REGION", "us-east-1");
    variables.put("AWS_ACCESS_KEY_ID", LocalS3.ACCESS_KEY);
    variables.put("AWS_SECRET_ACCESS_KEY", LocalS3.SECRET_KEY);
    variables.put("AWS_ENDPOINT_URL_S3", s3Endpoint.toString());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", dynamoDbEndpoint.toString());
    variables.put("AWS_LAMBDA_FUNCTION_NAME", "bucketlens");
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1769");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "bucketlens");
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "bench");
    variables.put("LANG", "C.UTF-8");
    variables.put("PATH", System.getenv("PATH"));
    tls.ifPresent(front -> variables.putAll(ours ? front.ours() : front.pythons()));
    return variables;
  }

  /** Puts a photo into the bucket and on the web server, under its file's name. */
  String put(Path photo) throws IOException {
    return put(photo.getFileName().toString(), photo);
  }

  /** Puts a photo into the bucket and on the web server, and tells its key. */
  String put(String key, Path photo) throws IOException {
    byte[] bytes = Files.readAllBytes(photo);
    sizes.put(key, bytes.length);
    s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
    web.createContext(
        "/" + key,
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
    return key;
  }

  /** Where the web server has a photo. */
  String url(String key) {
    return webEndpoint + "/" + key;
  }

  /**
   * The event that Lambda gives a function when S3 has told the queue of new photos. Each call
   * makes a later event; none says what the content is, so that nothing is copied from an earlier
   * result.
   */
  String uploadEvent(List<String> keys) {
    return keys.stream()
        .map(this::message)
        .collect(Collectors.joining(",", "{\"Records\": [", "]}"));
  }

  /** The event of one photo. */
  String uploadEvent(String key) {
    return uploadEvent(List.of(key));
  }

  private String message(String key) {
    long sequencer = sequence.incrementAndGet();
    String record =
        """
        {"Records": [{"eventVersion": "2.1", "eventSource": "aws:s3", "awsRegion": "us-east-1",\
         "eventTime": "2026-11-20T09:30:15.123Z", "eventName": "ObjectCreated:Put",\
         "s3": {"s3SchemaVersion": "1.0", "configurationId": "bench", "bucket": {"name": "images",\
         "arn": "arn:aws:s3:::images"}, "object": {"key": "%s", "size": %d, "sequencer": "%016X"}}}]}\
        """
            .formatted(key, sizes.get(key), sequencer);
    return """
    {"messageId": "%d", "receiptHandle": "1", "body": "%s",\
     "attributes": {"ApproximateReceiveCount": "1"}, "messageAttributes": {},\
     "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:uploads",\
     "awsRegion": "us-east-1"}\
    """
        .formatted(sequencer, record.replace("\"", "\\\""));
  }

  /** A direct invocation with the URL of a photo. */
  String urlEvent(String key) {
    return "{\"url\": \"" + url(key) + "\"}";
  }

  /** The label that the table has for a photo, and forgets it. */
  String takeLabel(String key) throws IOException {
    Map<String, AttributeValue> item =
        dynamoDb
            .deleteItem(request ->
                request
                    .tableName(TABLE)
                    .key(Map.of("image", AttributeValue.fromS("s3://images/" + key)))
                    .returnValues("ALL_OLD"))
            .attributes();
    if (!item.containsKey("label")) {
      throw new IOException("The table has no label for " + key + ": " + item);
    }
    return item.get("label").s();
  }

  @Override
  public void close() throws IOException {
    s3.close();
    dynamoDb.close();
    web.stop(0);
    if (tls.isPresent()) {
      tls.get().close();
    }
    s3Server.close();
    dynamoDbServer.close();
  }
}
