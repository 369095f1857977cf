package dev.bucketlens.lambda;

import static dev.bucketlens.testing.FaultProxy.hangUp;
import static dev.bucketlens.testing.FaultProxy.pass;
import static dev.bucketlens.testing.FaultProxy.silence;
import static dev.bucketlens.testing.FaultProxy.status;
import static dev.bucketlens.testing.UploadRig.deliver;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.bucketlens.ingest.BatchIngest;
import dev.bucketlens.ingest.ObjectEvent;
import dev.bucketlens.ingest.Outcome;
import dev.bucketlens.local.LocalS3;
import dev.bucketlens.results.Status;
import dev.bucketlens.testing.EchoScorer;
import dev.bucketlens.testing.FaultProxy;
import dev.bucketlens.testing.FaultProxy.Fault;
import dev.bucketlens.testing.FaultProxy.Request;
import dev.bucketlens.testing.UploadRig;
import java.io.IOException;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The upload path by the very clients that are deployed, between a real S3 and a real table that
 * fail on the way. Each fault has clients of its own: an adaptive one remembers being throttled.
 */
class AwsClientsTest {
  private static final Region REGION = Region.EU_NORTH_1;
  private static final int MOST_ATTEMPTS = 4;

  private static UploadRig rig;

  @BeforeAll
  static void start() {
    rig = new UploadRig();
  }

  @AfterAll
  static void stop() throws IOException {
    rig.close();
  }

  /**
   * A fault that lasts.
   *
   * @param operation of the table that fails; S3 if empty
   */
  private record Lasting(String name, String operation, Fault fault) {
    static Lasting ofTable(String operation, String error) {
      String body = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + error + "\"}";
      return new Lasting(error, operation, status(400, "application/x-amz-json-1.0", body));
    }

    static Lasting ofS3(int status, String error) {
      String body = "<Error><Code>" + error + "</Code></Error>";
      return new Lasting(error, "", status(status, "application/xml", body));
    }
  }

  private static final List<Lasting> FAULTS =
      List.of(
          Lasting.ofTable("PutItem", "ProvisionedThroughputExceededException"),
          Lasting.ofTable("PutItem", "ThrottlingException"),
          Lasting.ofTable("GetItem", "RequestLimitExceeded"),
          new Lasting("silent table", "PutItem", silence()),
          new Lasting("table that hangs up", "PutItem", hangUp()),
          Lasting.ofS3(503, "SlowDown"),
          new Lasting("silent S3", "", silence()),
          new Lasting("S3 that hangs up", "", hangUp()));

  /** All faults at once, because each takes up to 20 seconds in which nobody works. */
  @Test
  void event_shouldBeClassifiedOnRedelivery_whenNoAttemptGetsThrough() throws Exception {
    Map<Lasting, ObjectEvent> events = new LinkedHashMap<>();
    FAULTS.forEach(fault -> events.put(fault, rig.put(fault.name(), "cat")));

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running =
          FAULTS.stream()
              .<Future<?>>map(fault -> threads.submit(() -> redeliver(fault, events.get(fault))))
              .toList();
      for (Future<?> fault : running) {
        fault.get();
      }
    }
  }

  private static Void redeliver(Lasting fault, ObjectEvent event) throws IOException {
    Set<String> attempts = ConcurrentHashMap.newKeySet();
    try (UploadPath path = new UploadPath()) {
      path.setPlan(request -> {
        if (!request.operation().equals(fault.operation())) {
          return pass();
        }
        // Signed with its number. The JDK sends a request whose connection broke once more by
        // itself, as it was.
        attempts.add(request.authorization());
        return fault.fault();
      });
      assertThat(deliver(path.ingest, event))
          .as(fault.name())
          .singleElement()
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              // And not the deadline of the whole batch.
              failed -> assertThat(failed.cause()).isInstanceOf(SdkException.class));
      assertThat(attempts).as(fault.name()).hasSizeBetween(2, MOST_ATTEMPTS);
      assertThat(rig.item(fault.name())).as(fault.name()).isEmpty();

      path.setPlan(_ -> pass());
      assertThat(deliver(path.ingest, event))
          .as(fault.name())
          .hasOnlyElementsOfType(Outcome.Classified.class);
      assertThat(rig.item(fault.name()).orElseThrow().status()).isEqualTo(Status.CLASSIFIED);
    }
    return null;
  }

  @Test
  void requests_shouldGoToTheEndpoints_signedByTheDefaultCredentialsForTheRegion()
      throws IOException {
    ObjectEvent event = rig.put("signed", "cat");
    Queue<Request> seen = new ConcurrentLinkedQueue<>();
    try (UploadPath path = new UploadPath()) {
      path.setPlan(request -> {
        seen.add(request);
        return pass();
      });
      deliver(path.ingest, event);
    }

    assertThat(seen)
        .extracting(Request::method, Request::path, Request::operation)
        .containsExactlyInAnyOrder(
            tuple("POST", "/", "GetItem"),
            tuple("GET", "/images/signed", ""),
            tuple("POST", "/", "PutItem"));
    assertThat(scopes(seen, "dynamodb")).hasSize(2);
    assertThat(scopes(seen, "s3")).hasSize(1);
  }

  private static List<String> scopes(Collection<Request> requests, String service) {
    String scope =
        "Credential=" + LocalS3.ACCESS_KEY + "/\\d{8}/" + REGION + "/" + service + "/aws4_request,";
    return requests.stream()
        .map(Request::authorization)
        .filter(authorization -> authorization.matches(".* " + scope + ".*"))
        .toList();
  }

  @Test
  void clients_shouldBeThoseOfAws_whenNoEndpointIsSet() {
    AwsClients aws = new AwsClients(AwsSettings.of(REGION));
    try (S3Client s3 = aws.s3();
        DynamoDbClient dynamoDb = aws.dynamoDb()) {
      assertThat(s3.utilities().getUrl(r -> r.bucket("photos").key("cat.jpg")))
          .hasToString("https://photos.s3.eu-north-1.amazonaws.com/cat.jpg");
      assertThat(dynamoDb.serviceClientConfiguration().region()).isEqualTo(REGION);
      assertThat(dynamoDb.serviceClientConfiguration().endpointOverride()).isEmpty();
    }
  }

  /** The upload path by clients of its own. */
  private static final class UploadPath implements AutoCloseable {
    private final FaultProxy s3Proxy = FaultProxy.before(rig.s3Endpoint());
    private final FaultProxy tableProxy = FaultProxy.before(rig.table().endpoint());
    private final AwsClients aws =
        new AwsClients(
            new AwsSettings(REGION, s3Proxy.endpoint(), tableProxy.endpoint(), null, null));
    private final S3Client s3 = aws.s3();
    private final DynamoDbClient dynamoDb = aws.dynamoDb();
    final BatchIngest ingest = rig.ingest(new EchoScorer("m1"), s3, dynamoDb, Clock.systemUTC());

    void setPlan(FaultProxy.Plan plan) {
      s3Proxy.setPlan(plan);
      tableProxy.setPlan(plan);
    }

    @Override
    public void close() throws IOException {
      ingest.close();
      s3.close();
      dynamoDb.close();
      s3Proxy.close();
      tableProxy.close();
    }
  }
}
