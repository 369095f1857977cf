package dev.bucketlens.lambda;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The clients of S3 and DynamoDB, each made on a thread of its own while the model is loaded: they
 * have nothing in common, and a function starts on two processors. Thread-safe.
 */
final class ClientsAhead implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ClientsAhead.class.getName());

  /** As long as a connection may take; what takes longer fails by itself, with its reason. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final FutureTask<S3Client> s3;
  private final FutureTask<DynamoDbClient> dynamoDb;
  private final CountDownLatch callsUnderWay;

  private ClientsAhead(AwsClients aws, int calls) {
    s3 = new FutureTask<>(aws::s3);
    dynamoDb = new FutureTask<>(aws::dynamoDb);
    callsUnderWay = new CountDownLatch(calls);
  }

  static ClientsAhead start(AwsClients aws) {
    ClientsAhead clients = new ClientsAhead(aws, 0);
    start("S3", clients.s3);
    start("DynamoDB", clients.dynamoDb);
    return clients;
  }

  /**
   * Also has them do a call each, which loads what calls need and opens the connections. See {@link
   * #awaitCalls}.
   */
  static ClientsAhead startAndCall(Settings settings) {
    AwsClients aws = new AwsClients(settings.aws());
    FirstCalls calls = new FirstCalls(settings.bucket(), settings.table());
    ClientsAhead clients = new ClientsAhead(aws, 2);
    start(
        "DynamoDB",
        clients.dynamoDb,
        () -> clients.call(() -> calls.keepingConnection(clients.dynamoDb())));
    start("S3", clients.s3, () -> clients.call(() -> calls.keepingConnection(clients.s3())));
    start("TLS", aws::readyTls);
    return clients;
  }

  private void call(Runnable firstCall) {
    try {
      firstCall.run();
    } finally {
      callsUnderWay.countDown();
    }
  }

  /** Also reads the JDK's certificates, which a request for a URL is going to need. */
  static ClientsAhead startAndReadCertificates(AwsClients aws) {
    ClientsAhead clients = new ClientsAhead(aws, 0);
    start("DynamoDB", clients.dynamoDb);
    start("S3", clients.s3, ClientsAhead::readCertificates);
    return clients;
  }

  private static void readCertificates() {
    try {
      // The JDK keeps what it reads for its default, and gives it to whoever asks after that.
      SSLContext _ = SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      LOG.log(Level.DEBUG, "No certificates were read ahead; the first URL by TLS will say why", e);
    }
  }

  private static void start(String name, Runnable... tasks) {
    Thread.ofPlatform()
        .daemon()
        .name(name)
        .start(() -> {
          for (Runnable task : tasks) {
            task.run();
          }
        });
  }

  /**
   * Waits until the first calls have opened their connections, or failed: an event that did not
   * would open connections of its own at the same time, and shake hands twice as often. For a
   * moment at most, and only if there are such calls.
   */
  void awaitCalls() throws InterruptedException {
    if (!callsUnderWay.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.log(Level.DEBUG, "The first calls take long; the first event opens connections itself");
    }
  }

  /** The client of S3, once it is there. */
  S3Client s3() {
    return get(s3);
  }

  /** The client of DynamoDB, once it is there. */
  DynamoDbClient dynamoDb() {
    return get(dynamoDb);
  }

  private static <T> T get(FutureTask<T> made) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return made.get();
        } catch (InterruptedException e) {
          // It takes a moment, and without clients there is nothing to go on to.
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("The clients of AWS could not be made", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void close() {
    s3().close();
    dynamoDb().close();
  }
}
