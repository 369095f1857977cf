package dev.bucketlens.lambda;

import dev.bucketlens.events.Announcer;
import dev.bucketlens.events.AwsCalls;
import dev.bucketlens.events.DeadLetters;
import dev.bucketlens.events.EventBus;
import dev.bucketlens.tls.AwsTls;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.AdaptiveRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The clients of S3 and DynamoDB, with time-outs and retries bounded so that a call ends well
 * within an invocation: what is not done by then comes back by redelivery.
 *
 * <p>Retries are adaptive: a client that is throttled slows down instead of adding to the load.
 * Credentials come from where the SDK looks by default, found by each client for itself: a snapshot
 * of the process then holds those of no client that was not used.
 */
public final class AwsClients {
  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** Longer than a healthy pause in a download, shorter than patience. */
  private static final Duration S3_SILENCE = Duration.ofSeconds(5);

  private static final Duration S3_ATTEMPT = Duration.ofSeconds(15);
  private static final Duration S3_CALL = Duration.ofSeconds(40);

  /**
   * For files of up to {@link ModelReader#MOST_BYTES}, by the share of a network of a small
   * function.
   */
  private static final Duration MODEL_ATTEMPT = Duration.ofSeconds(50);

  private static final Duration MODEL_CALL = Duration.ofSeconds(110);

  private static final Duration DYNAMO_DB_ATTEMPT = Duration.ofSeconds(2);
  private static final Duration DYNAMO_DB_CALL = Duration.ofSeconds(12);
  private static final Duration EVENTS_SILENCE = Duration.ofSeconds(5);
  private static final int ATTEMPTS = 4;

  private final AwsSettings settings;
  private final AwsTls tls;

  /** Makes clients of what {@code settings} say; makes none yet. */
  public AwsClients(AwsSettings settings) {
    this.settings = settings;
    this.tls =
        settings.authorities() == null
            ? AwsTls.trustingAuthorities()
            : AwsTls.trustingAlso(settings.authorities());
  }

  /**
   * Makes what TLS needs, if it is needed; the first connection would do it otherwise.
   *
   * @throws IllegalStateException if the authorities cannot be read
   */
  void readyTls() {
    tls.sockets();
  }

  /** A new client; the caller closes it. */
  public S3Client s3() {
    return s3(S3_ATTEMPT, S3_CALL);
  }

  /** A new client that waits for files of hundreds of megabytes; the caller closes it. */
  S3Client s3ForModels() {
    return s3(MODEL_ATTEMPT, MODEL_CALL);
  }

  /** A new client; the caller closes it. */
  public DynamoDbClient dynamoDb() {
    URI endpoint = settings.dynamoDbEndpoint();
    return at(endpoint, DynamoDbClient.builder())
        .overrideConfiguration(
            bounds(DYNAMO_DB_ATTEMPT, DYNAMO_DB_CALL, endpoint)
                .addExecutionInterceptor(new WholeRequests())
                .build())
        .httpClient(http(DYNAMO_DB_ATTEMPT))
        .build();
  }

  private S3Client s3(Duration attempt, Duration call) {
    URI endpoint = settings.s3Endpoint();
    return at(endpoint, S3Client.builder())
        .forcePathStyle(endpoint != null)
        .overrideConfiguration(bounds(attempt, call, endpoint).build())
        .httpClient(http(S3_SILENCE))
        .build();
  }

  /**
   * What tells events; it holds nothing that needs to be closed.
   *
   * @param deadLetters the queue of what can never be told
   */
  Announcer announcer(URI deadLetters) {
    AwsCalls calls =
        new AwsCalls(
            http(EVENTS_SILENCE), DefaultCredentialsProvider.builder().build(), settings.region());
    return new Announcer(
        new EventBus(calls, settings.eventBridgeEndpoint()), new DeadLetters(calls, deadLetters));
  }

  /** Holds nothing that needs to be closed: connections are the JDK's. */
  private SdkHttpClient http(Duration silence) {
    return UrlConnectionHttpClient.create(new BoundedConnections(tls, CONNECT, silence));
  }

  private <B extends AwsClientBuilder<B, ?>> B at(URI endpoint, B builder) {
    builder
        .region(settings.region())
        .credentialsProvider(DefaultCredentialsProvider.builder().build());
    return endpoint == null ? builder : builder.endpointOverride(endpoint);
  }

  private static ClientOverrideConfiguration.Builder bounds(
      Duration attempt, Duration call, URI endpoint) {
    AdaptiveRetryStrategy retries =
        AwsRetryStrategy.adaptiveRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build();
    ClientOverrideConfiguration.Builder bounds =
        ClientOverrideConfiguration.builder()
            .apiCallAttemptTimeout(attempt)
            .apiCallTimeout(call)
            .retryStrategy(retries);
    return endpoint == null
        ? bounds
        : bounds.addExecutionInterceptor(new RefusedConnections(endpoint));
  }
}
