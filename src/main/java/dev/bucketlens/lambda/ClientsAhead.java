package dev.bucketlens.lambda;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The clients of S3 and DynamoDB, made on a thread of their own while the model is loaded: the two
 * have nothing in common, and a function starts on two processors. Thread-safe.
 */
final class ClientsAhead implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ClientsAhead.class.getName());

  private final FutureTask<Clients> made;

  private record Clients(S3Client s3, DynamoDbClient dynamoDb) {}

  private ClientsAhead(AwsClients aws) {
    made = new FutureTask<>(() -> new Clients(aws.s3(), aws.dynamoDb()));
  }

  static ClientsAhead start(AwsClients aws) {
    ClientsAhead clients = new ClientsAhead(aws);
    start(clients.made);
    return clients;
  }

  /**
   * Also has them do a call each, which loads what calls need and opens the connections. Nobody
   * waits for that.
   */
  static ClientsAhead startAndCall(Settings settings) {
    ClientsAhead clients = new ClientsAhead(new AwsClients(settings.aws()));
    start(() -> {
      clients.made.run();
      new FirstCalls(settings.bucket(), settings.table())
          .keepingConnections(clients.s3(), clients.dynamoDb());
    });
    return clients;
  }

  /** Also reads the JDK's certificates, which a request for a URL is going to need. */
  static ClientsAhead startAndReadCertificates(AwsClients aws) {
    ClientsAhead clients = new ClientsAhead(aws);
    start(() -> {
      clients.made.run();
      readCertificates();
    });
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

  private static void start(Runnable task) {
    Thread.ofPlatform().daemon().name("clients").start(task);
  }

  /** The client of S3, once it is there. */
  S3Client s3() {
    return get().s3();
  }

  /** The client of DynamoDB, once it is there. */
  DynamoDbClient dynamoDb() {
    return get().dynamoDb();
  }

  private Clients get() {
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
    get().s3().close();
    get().dynamoDb().close();
  }
}
