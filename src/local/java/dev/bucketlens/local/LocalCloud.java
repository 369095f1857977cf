package dev.bucketlens.local;

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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

  private final Parts parts;
  private final MessageQueue queue;
  private final Chaos chaos;
  private final LocalServices services;
  private final URI http;
  private final Path events;
  private final App app;
  private final RequestStreamHandler uploads;

  private LocalCloud(Options options, Parts parts) throws IOException {
    this.parts = parts;
    Ports.requireFree(options);
    chaos = options.chaos();
    queue = MessageQueue.open(options.data().resolve("queue"));
    events = options.data().resolve(EVENTS);
    services = services(options);
    Map<String, String> environment = services.environment(options);
    app = parts.add(App.start(Settings.from(environment)));
    createBucket();
    parts.add(
        TableStream.start(
            parts.add(streams()),
            createTable(),
            new EventsHandler(environment),
            options.data().resolve(DEAD_LETTERS)));
    EventPhotos.put(app.s3(), BUCKET);
    uploads = new UploadHandler(UploadWiring.around(app, parts.add(metrics(options))));
    parts.add(Delivery.start(queue, uploads, chaos, CONCURRENCY));
    ApiHandler api = new ApiHandler(ApiWiring.around(app, environment));
    http = parts.add(LocalHttp.start(options.httpPort(), api)).endpoint();
  }

  private LocalServices services(Options options) throws IOException {
    Path data = options.data();
    return new LocalServices(
        parts.add(LocalS3.onDisk(options.s3Port(), data.resolve("s3"), this::enqueue)).endpoint(),
        parts
            .add(LocalDynamoDb.onDisk(options.dynamoDbPort(), data.resolve("dynamodb")))
            .endpoint(),
        parts.add(LocalEventBus.start(options.eventsUrl(), events)).endpoint(),
        parts.add(LocalDeadLetters.start(data.resolve(DEAD_LETTERS))).queue());
  }

  /**
   * Starts everything, on what the data folder holds from before, or nothing.
   *
   * @throws IOException if a port is taken or a folder cannot be written; the message is a sentence
   *     for the user
   */
  static LocalCloud start(Options options) throws IOException {
    Parts parts = new Parts();
    try {
      return new LocalCloud(options, parts);
    } catch (IOException | RuntimeException e) {
      parts.closeAfter(e);
      throw e;
    }
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
    return services.s3();
  }

  URI dynamoDb() {
    return services.dynamoDb();
  }

  URI http() {
    return http;
  }

  /** The log of events: a line of JSON for each that was delivered. */
  Path events() {
    return events;
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
        .endpointOverride(services.dynamoDb())
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

  /** Stops everything, the newest part first. */
  @Override
  public void close() throws IOException {
    parts.close();
  }
}
