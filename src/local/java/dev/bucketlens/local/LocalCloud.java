package dev.bucketlens.local;

import static java.util.Map.entry;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.bucketlens.lambda.ApiHandler;
import dev.bucketlens.lambda.ApiWiring;
import dev.bucketlens.lambda.App;
import dev.bucketlens.lambda.AwsClients;
import dev.bucketlens.lambda.EventsHandler;
import dev.bucketlens.lambda.Settings;
import dev.bucketlens.lambda.UploadHandler;
import dev.bucketlens.lambda.UploadWiring;
import dev.bucketlens.rescore.UploadFunction;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;

/**
 * The whole program on one machine: bucket, queue, functions, table and API, wired as {@code
 * template.yaml} wires them.
 */
public final class LocalCloud implements AutoCloseable {

  /** The bucket that is created. */
  public static final String BUCKET = "images";

  /** The table that is created. */
  public static final String TABLE = "results";

  /** The log of events in the data folder. */
  private static final String EVENTS = "events.jsonl";

  /** What the events function could tell nobody, in the data folder. */
  private static final String DEAD_LETTERS = "events-dead-letters.jsonl";

  /** Upload functions at once: one for each of a laptop's spare processors would gain little. */
  private static final int CONCURRENCY = 2;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final MessageQueue queue;
  private final Chaos chaos;
  private final URI s3;
  private final URI dynamoDb;
  private final URI http;
  private final URI eventBus;
  private final URI deadLetters;
  private final Path events;
  private final App app;
  private final RequestStreamHandler uploads;

  private LocalCloud(Options options) throws IOException {
    requireFree("S3", "s3.port", options.s3Port());
    requireFree("DynamoDB", "dynamodb.port", options.dynamoDbPort());
    requireFree("HTTP", "http.port", options.httpPort());
    chaos = options.chaos();
    queue = MessageQueue.open(options.data().resolve("queue"));
    LocalS3 s3Server =
        part(LocalS3.onDisk(options.s3Port(), options.data().resolve("s3"), this::enqueue));
    s3 = s3Server.endpoint();
    dynamoDb =
        part(LocalDynamoDb.onDisk(options.dynamoDbPort(), options.data().resolve("dynamodb")))
            .endpoint();
    events = options.data().resolve(EVENTS);
    eventBus = part(LocalEventBus.start(options.eventsUrl(), events)).endpoint();
    deadLetters = part(LocalDeadLetters.start(options.data().resolve(DEAD_LETTERS))).queue();
    app = part(App.start(Settings.from(environment(options))));
    createBucket();
    part(TableStream.start(streams(), createTable(), new EventsHandler(environment(options))));
    EventPhotos.put(app.s3(), BUCKET);
    PrintStream metrics = part(metrics(options));
    uploads = new UploadHandler(UploadWiring.around(app, metrics));
    part(Delivery.start(queue, uploads, chaos, CONCURRENCY));
    http =
        part(LocalHttp.start(
                options.httpPort(), new ApiHandler(ApiWiring.around(app, environment(options)))))
            .endpoint();
  }

  /**
   * Starts everything, on what the data folder holds from before.
   *
   * @throws IOException if a port is taken or a folder cannot be written; the message is a sentence
   *     for the user
   */
  static LocalCloud start(Options options) throws IOException {
    return new LocalCloud(options);
  }

  App app() {
    return app;
  }

  /** The upload function, past the queue. */
  UploadFunction uploads() {
    return new HandlerFunction(uploads);
  }

  MessageQueue queue() {
    return queue;
  }

  Chaos chaos() {
    return chaos;
  }

  URI s3() {
    return s3;
  }

  URI dynamoDb() {
    return dynamoDb;
  }

  URI http() {
    return http;
  }

  /** The log of events: a line of JSON for each that was delivered. */
  Path events() {
    return events;
  }

  private Map<String, String> environment(Options options) {
    return Map.ofEntries(
        entry("BUCKET", BUCKET),
        entry("TABLE", TABLE),
        entry("MODEL", options.model()),
        entry("MODEL_VERSION", options.modelVersion()),
        entry("SHADOW_MODEL", options.shadow()),
        entry("SHADOW_MODEL_VERSION", options.shadowVersion()),
        entry("SHADOW_PERCENT", options.shadowPercent()),
        entry("API_ACCESS", "public"),
        entry("UPLOADS", "on"),
        entry("PREVIEWS", "on"),
        entry("FETCH_ALLOW_NETWORKS", options.fetchNetworks()),
        entry("FETCH_PORTS", options.fetchPorts()),
        entry("AWS_REGION", "us-east-1"),
        entry("REVIEW_BELOW", options.reviewBelow()),
        entry("REVIEW_SAMPLE", options.reviewSample()),
        entry("AWS_ENDPOINT_URL_S3", s3.toString()),
        entry("AWS_ENDPOINT_URL_DYNAMODB", dynamoDb.toString()),
        entry("AWS_ENDPOINT_URL_EVENTBRIDGE", eventBus.toString()),
        entry("EVENTS_DEAD_LETTERS", deadLetters.toString()));
  }

  private static PrintStream metrics(Options options) throws IOException {
    return new PrintStream(
        Files.newOutputStream(
            options.data().resolve("metrics.jsonl"),
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND),
        true,
        StandardCharsets.UTF_8);
  }

  private void createBucket() {
    try {
      app.s3().createBucket(request -> request.bucket(BUCKET));
    } catch (BucketAlreadyOwnedByYouException e) {
      // It is there from an earlier run, which is what is wanted.
    }
  }

  /** Returns the ARN of the table's stream. */
  private String createTable() {
    try (DynamoDbClient client = new AwsClients(app.settings().aws()).dynamoDb()) {
      return LocalTable.create(client, TABLE);
    }
  }

  private DynamoDbStreamsClient streams() {
    return DynamoDbStreamsClient.builder()
        .endpointOverride(dynamoDb)
        .region(app.settings().aws().region())
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  private void enqueue(ObjectChange change) {
    if (!change.bucket().equals(BUCKET) || change.key().startsWith(EventPhotos.PREFIX)) {
      return;
    }
    try {
      String notification = S3EventJson.notification(change);
      queue.send(notification);
      if (chaos.duplicates()) {
        queue.send(notification);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The event of " + change.key() + " was not written", e);
    }
  }

  private static void requireFree(String service, String property, int port) throws IOException {
    try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      probe.getLocalPort();
    } catch (IOException e) {
      throw new IOException(
          "Port %d for %s is in use. Stop what uses it, or choose another with -D%s=%d."
              .formatted(port, service, property, port + 1),
          e);
    }
  }

  private <T extends AutoCloseable> T part(T part) {
    parts.push(part);
    return part;
  }

  /** Stops everything, the newest part first. */
  @Override
  public void close() throws IOException {
    IOException failure = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        failure = failure == null ? new IOException("The local cloud did not stop", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
