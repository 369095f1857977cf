package dev.bucketlens.testing;

import dev.bucketlens.ingest.BatchIngest;
import dev.bucketlens.ingest.EventFormatException;
import dev.bucketlens.ingest.EventReader;
import dev.bucketlens.ingest.IngestSettings;
import dev.bucketlens.ingest.Invocation;
import dev.bucketlens.ingest.ObjectEvent;
import dev.bucketlens.ingest.Outcome;
import dev.bucketlens.ingest.PhotoScorer;
import dev.bucketlens.ingest.ShadowTrial;
import dev.bucketlens.local.LocalS3;
import dev.bucketlens.local.ObjectChange;
import dev.bucketlens.local.S3EventJson;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.ReviewPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkClient;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The upload path between a real S3 (S3Proxy) and a real table (DynamoDB Local), each behind a
 * {@link FaultProxy}. A test changes objects, takes the events that S3 told, and delivers them as
 * it likes. Each rig has a bucket and a table of its own.
 */
public final class UploadRig implements AutoCloseable {
  public static final String BUCKET = "images";

  /** What all deliveries of a rig say that they are: only their attempts tell them apart. */
  public static final String REQUEST_ID = "request";

  private static final Duration PATIENT = Duration.ofSeconds(30);
  private static final Duration IMPATIENT = Duration.ofMillis(500);
  private static final int ATTEMPTS = 3;

  private final LocalS3 s3Server;
  private final TestTable table = TestTable.start();
  private final BlockingQueue<ObjectChange> changes = new LinkedBlockingQueue<>();
  private final FaultProxy s3Faults;
  private final FaultProxy tableFaults;
  private final S3Client user;
  private final List<SdkClient> clients = new ArrayList<>();
  private final CountingMeter meter = new CountingMeter();
  private final EventReader reader = new EventReader();

  private final Duration patience;

  /** Waits for slow answers, however busy the machine. */
  public UploadRig() {
    this(PATIENT);
  }

  /** Soon takes silence for a failure. */
  public static UploadRig impatient() {
    return new UploadRig(IMPATIENT);
  }

  private UploadRig(Duration patience) {
    this.patience = patience;
    try {
      s3Server = LocalS3.inMemory(0, changes::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    s3Faults = FaultProxy.before(s3Server.endpoint());
    tableFaults = FaultProxy.before(table.endpoint());
    user = user(s3Server.endpoint());
    user.createBucket(r -> r.bucket(BUCKET));
  }

  /** The upload path with this scorer; the caller closes it. */
  public BatchIngest ingest(PhotoScorer scorer) {
    return ingest(scorer, Clock.systemUTC());
  }

  public BatchIngest ingest(PhotoScorer scorer, Clock clock) {
    S3Client s3 = s3(s3Faults.endpoint(), patience);
    DynamoDbClient dynamoDb = dynamoDb(tableFaults.endpoint(), patience);
    clients.addAll(List.of(s3, dynamoDb));
    return ingest(scorer, s3, dynamoDb, clock);
  }

  /** The same by clients of the caller's, who closes them too. */
  public BatchIngest ingest(PhotoScorer scorer, S3Client s3, DynamoDbClient dynamoDb, Clock clock) {
    return new BatchIngest(
        s3,
        new ResultStore(dynamoDb, TestTable.NAME, clock),
        scorer,
        Optional.empty(),
        new IngestSettings(BUCKET, 2, 1_000_000, ReviewPolicy.OFF),
        meter,
        clock);
  }

  /** The upload path with a shadow model behind its own; the caller closes both. */
  public BatchIngest ingest(PhotoScorer scorer, ShadowTrial shadow) {
    S3Client s3 = s3(s3Faults.endpoint(), patience);
    DynamoDbClient dynamoDb = dynamoDb(tableFaults.endpoint(), patience);
    clients.addAll(List.of(s3, dynamoDb));
    return new BatchIngest(
        s3,
        new ResultStore(dynamoDb, TestTable.NAME, Clock.systemUTC()),
        scorer,
        Optional.of(shadow),
        new IngestSettings(BUCKET, 2, 1_000_000, ReviewPolicy.OFF),
        meter,
        Clock.systemUTC());
  }

  /** From now on, no request meets a fault. */
  public void heal() {
    s3Faults.setPlan(_ -> FaultProxy.pass());
    tableFaults.setPlan(_ -> FaultProxy.pass());
  }

  /** Puts an object and gives the event that S3 told of it. */
  public ObjectEvent put(String key, String text) {
    return put(key, RequestBody.fromString(text));
  }

  /** As {@link #put(String, String)}, for a file. */
  public ObjectEvent put(String key, byte[] content) {
    return put(key, RequestBody.fromBytes(content));
  }

  private ObjectEvent put(String key, RequestBody content) {
    user.putObject(r -> r.bucket(BUCKET).key(key), content);
    return lastEvent();
  }

  /** Deletes an object and gives the event that S3 told of it. */
  public ObjectEvent delete(String key) {
    user.deleteObject(r -> r.bucket(BUCKET).key(key));
    return lastEvent();
  }

  /** S3 tells before it answers, so the event is here by now. */
  private ObjectEvent lastEvent() {
    try {
      return reader.read(S3EventJson.notification(changes.remove())).getFirst();
    } catch (IOException | EventFormatException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An invocation with time to spare. */
  public static Invocation noHurry() {
    return new Invocation(REQUEST_ID, () -> 60_000);
  }

  /** Delivers the events in one batch. */
  public static List<Outcome> deliver(BatchIngest ingest, ObjectEvent... events) {
    try {
      return ingest.ingest(List.of(events), noHurry());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public S3Client user() {
    return user;
  }

  public FaultProxy s3Faults() {
    return s3Faults;
  }

  public FaultProxy tableFaults() {
    return tableFaults;
  }

  public CountingMeter meter() {
    return meter;
  }

  public TestTable table() {
    return table;
  }

  /** The item of a key, past all faults. */
  public Optional<ImageResult> item(String key) {
    return table.store(Clock.systemUTC()).find(ImageResult.imageOf(BUCKET, key));
  }

  public URI s3Endpoint() {
    return s3Server.endpoint();
  }

  /**
   * Few and quick retries, so that a fault that lasts ends soon. Not adaptive as in AWS: after one
   * throttled call an adaptive client makes the next ones wait for seconds.
   */
  private static ClientOverrideConfiguration bounds() {
    return ClientOverrideConfiguration.builder()
        .retryStrategy(
            AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(ATTEMPTS)
                .backoffStrategy(BackoffStrategy.retryImmediately())
                .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                .build())
        .build();
  }

  private static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(LocalS3.ACCESS_KEY, LocalS3.SECRET_KEY));
  }

  /** The client of somebody who uploads. */
  public static S3Client user(URI endpoint) {
    return s3(endpoint, PATIENT);
  }

  public static S3Client s3(URI endpoint, Duration patience) {
    return S3Client.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(endpoint)
        .forcePathStyle(true)
        .credentialsProvider(credentials())
        .overrideConfiguration(bounds())
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(patience))
        .build();
  }

  public static DynamoDbClient dynamoDb(URI endpoint, Duration patience) {
    return DynamoDbClient.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(endpoint)
        .credentialsProvider(credentials())
        .overrideConfiguration(bounds())
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(patience))
        .build();
  }

  @Override
  public void close() throws IOException {
    clients.forEach(SdkClient::close);
    user.close();
    s3Faults.close();
    tableFaults.close();
    s3Server.close();
    table.close();
  }
}
