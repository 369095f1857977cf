package dev.bucketlens.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.S3BatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.ingest.BatchIngest;
import dev.bucketlens.ingest.IngestSettings;
import dev.bucketlens.json.JsonSyntaxException;
import dev.bucketlens.local.LocalContext;
import dev.bucketlens.results.Status;
import dev.bucketlens.testing.EchoScorer;
import dev.bucketlens.testing.FaultProxy;
import dev.bucketlens.testing.Fixtures;
import dev.bucketlens.testing.UploadRig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

/** The handler with the recorded events of {@code events/}, and its answers as AWS reads them. */
class UploadHandlerTest {
  private static final String PLAIN_KEY = "events/chameleon.jpg";
  private static final String AWKWARD_KEY = "events/my photos/été (1) a+b 100%.jpg";
  private static final String FIRST = "059f36b4-87a3-44ab-83d2-661975840001";
  private static final String SECOND = "059f36b4-87a3-44ab-83d2-661975840002";

  private static UploadRig rig;
  private static S3Client s3;
  private static DynamoDbClient dynamoDb;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private BatchIngest ingest;
  private UploadHandler handler;

  @BeforeAll
  static void start() {
    rig = new UploadRig();
    s3 = UploadRig.s3(rig.s3Faults().endpoint(), Duration.ofSeconds(10));
    dynamoDb = UploadRig.dynamoDb(rig.table().endpoint(), Duration.ofSeconds(10));
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
    dynamoDb.close();
    rig.close();
  }

  @BeforeEach
  void open() {
    rig.table().clear();
    rig.put(PLAIN_KEY, "chameleon");
    rig.put(AWKWARD_KEY, "été");
    EmfMeter meter =
        new EmfMeter(new PrintStream(log, true, StandardCharsets.UTF_8), Clock.systemUTC());
    ingest =
        new BatchIngest(
            s3,
            rig.table().store(Clock.systemUTC()),
            new EchoScorer("m1"),
            Optional.empty(),
            IngestSettings.of(UploadRig.BUCKET, 2),
            meter,
            Clock.systemUTC());
    handler = new UploadHandler(new UploadWiring(ingest, Host.other(meter)));
  }

  @AfterEach
  void close() {
    rig.s3Faults().setPlan(_ -> FaultProxy.pass());
    ingest.close();
  }

  /** The fixtures have eTags of their own; here they speak of what is in the bucket. */
  private Map<String, Object> call(String fixture) throws IOException {
    return call(Fixtures.event(fixture));
  }

  private Map<String, Object> call(Map<String, Object> event) throws IOException {
    String json =
        JSON.std
            .asString(event)
            .replace("d08e8c2e925917a7904af214673a7301", eTag(PLAIN_KEY))
            .replace("188842", "9")
            .replace("096fKKXTRTtl3on89fVO.nfljtsv6qko", "");
    return call(json.getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, Object> call(byte[] event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event), out, new LocalContext("upload", Duration.ofMinutes(1)));
    return JSON.std.mapFrom(out.toByteArray());
  }

  private static String eTag(String key) {
    return rig.user().headObject(r -> r.bucket(UploadRig.BUCKET).key(key)).eTag().replace("\"", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3-put", "sns-s3-put"})
  void handleRequest_shouldClassify_whenCalledStraight(String fixture) throws IOException {
    assertThat(call(fixture)).isEmpty();
    assertThat(rig.item(PLAIN_KEY).orElseThrow().status()).isEqualTo(Status.CLASSIFIED);
  }

  @Test
  void item_shouldNameTheInvocation_asItsLogDoes() throws IOException {
    call("s3-put");

    String requestId = rig.item(PLAIN_KEY).orElseThrow().attempt().orElseThrow().requestId();
    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("\"requestId\":\"" + requestId + "\"");
  }

  @Test
  void handleRequest_shouldWriteItsMetrics_whenTheEventIsNoJsonObject() {
    assertThatThrownBy(() -> call("[]".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonSyntaxException.class);
    assertThat(log.toString(StandardCharsets.UTF_8)).contains("\"ColdStarts\":1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqs-s3-put", "sqs-sns-s3-put"})
  void handleRequest_shouldFailNoMessage_whenAllAreDone(String fixture) throws IOException {
    assertThat(call(fixture)).isEqualTo(Map.of("batchItemFailures", List.of()));
    assertThat(rig.item(PLAIN_KEY).orElseThrow().status()).isEqualTo(Status.CLASSIFIED);
  }

  @Test
  void handleRequest_shouldAcknowledge_whenS3OnlyTriesOut() throws IOException {
    assertThat(call("s3-test-event")).isEmpty();
    assertThat(call("sqs-s3-test-event")).isEqualTo(Map.of("batchItemFailures", List.of()));
    assertThat(rig.table().items()).isEmpty();
  }

  @Test
  void handleRequest_shouldFailOnlyTheMessageThatFailed() throws IOException {
    rig.s3Faults()
        .setPlan(request ->
            request.path().contains("chameleon")
                ? FaultProxy.pass()
                : FaultProxy.status(503, "application/xml", "<Error/>"));

    assertThat(call("sqs-two-messages")).isEqualTo(failures(SECOND));
    assertThat(rig.item(PLAIN_KEY).orElseThrow().status()).isEqualTo(Status.CLASSIFIED);
    assertThat(rig.item(AWKWARD_KEY)).isEmpty();
  }

  @Test
  void handleRequest_shouldScoreOnlyTheRest_whenAMessageOfTwoEventsComesAgain() throws IOException {
    rig.put(AWKWARD_KEY, "chameleon");
    rig.s3Faults()
        .setPlan(request ->
            request.path().contains("chameleon")
                ? FaultProxy.pass()
                : FaultProxy.status(503, "application/xml", "<Error/>"));
    Map<String, Object> message = sqsMessage("s3-two-records");

    assertThat(call(message)).isEqualTo(failures(FIRST));
    assertThat(rig.item(PLAIN_KEY).orElseThrow().status()).isEqualTo(Status.CLASSIFIED);
    assertThat(rig.item(AWKWARD_KEY)).isEmpty();

    rig.s3Faults().setPlan(_ -> FaultProxy.pass());
    assertThat(call(message)).isEqualTo(failures());
    assertThat(rig.item(AWKWARD_KEY).orElseThrow().status()).isEqualTo(Status.CLASSIFIED);
    assertThat(JSON.std.mapFrom(log.toString(StandardCharsets.UTF_8).lines().toList().getLast()))
        .containsEntry("Inferences", 1)
        .containsEntry("Duplicate", 1);
  }

  @Test
  void handleRequest_shouldFollowWhatEventBridgeTells() throws IOException {
    rig.put(AWKWARD_KEY, "chameleon");
    rig.put("events/restored.jpg", "chameleon");

    assertThat(call("eventbridge-created")).isEmpty();
    assertThat(rig.item(AWKWARD_KEY).orElseThrow().status()).isEqualTo(Status.CLASSIFIED);
    assertThat(call("sqs-eventbridge-created")).isEqualTo(failures());
    assertThat(call("eventbridge-restore-completed")).isEmpty();
    assertThat(rig.item("events/restored.jpg").orElseThrow().status()).isEqualTo(Status.CLASSIFIED);
    assertThat(call("eventbridge-deleted")).isEmpty();
    assertThat(rig.item("events/deleted.jpg").orElseThrow().status()).isEqualTo(Status.DELETED);
  }

  @Test
  void handleRequest_shouldFailMessagesItCannotRead_andTheseOnly() throws IOException {
    assertThat(call("sqs-unknown")).isEqualTo(failures(FIRST, SECOND));
  }

  @Test
  void handleRequest_shouldThrow_whenAStraightEventFails() {
    rig.s3Faults().setPlan(_ -> FaultProxy.status(503, "application/xml", "<Error/>"));

    assertThatThrownBy(() -> call("s3-two-records"))
        .isInstanceOf(UploadFailedException.class)
        .hasMessageStartingWith("2 of 2 events failed, the first, of s3://images/events/chamel");
    assertThatThrownBy(() -> call("{\"hello\": 1}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UploadFailedException.class)
        .hasMessage("event is of no known shape; its fields are [hello]");
  }

  @Test
  void handleRequest_shouldAnswerBatchOperations_inBothSchemas() throws IOException {
    assertThat(call("batch-operations-1.0"))
        .containsEntry("invocationSchemaVersion", "1.0")
        .containsEntry("results", List.of(result("Succeeded", "CLASSIFIED été 0.900")));
    assertThat(call("batch-operations-1.0"))
        .containsEntry(
            "results",
            List.of(result("Succeeded", "SKIPPED: this model has scored this content already")));
    assertThat(call("batch-operations-2.0"))
        .containsEntry("invocationSchemaVersion", "2.0")
        .containsEntry("results", List.of(result("Succeeded", "CLASSIFIED chameleon 0.900")));
  }

  @Test
  void handleRequest_shouldTellBatchOperations_whatCanBeTriedAgain() throws IOException {
    rig.put(AWKWARD_KEY, "bad");
    assertThat(call("batch-operations-1.0"))
        .containsEntry(
            "results",
            List.of(
                result(
                    "Succeeded",
                    "REJECTED NOT_AN_IMAGE: " + RejectionCode.NOT_AN_IMAGE.sentence())));

    rig.delete(AWKWARD_KEY);
    assertThat(call("batch-operations-1.0"))
        .containsEntry(
            "results", List.of(result("PermanentFailure", "DELETED: there is no such object")));

    String foreign = JSON.std.asString(Fixtures.event("batch-operations-1.0"));
    assertThat(
            call(foreign.replace(":::images", ":::elsewhere").getBytes(StandardCharsets.UTF_8))
                .toString())
        .contains("PermanentFailure", "bucket elsewhere is not the configured one");

    rig.s3Faults().setPlan(_ -> FaultProxy.status(503, "application/xml", "<Error/>"));
    assertThat(call("batch-operations-2.0").toString()).contains("TemporaryFailure");
  }

  /** AWS's own types are the reference for what the answers mean. */
  @Test
  void handleRequest_shouldAnswerAsTheLambdaLibraryWould() throws Exception {
    SQSBatchResponse sqs =
        LambdaEventSerializers.serializerFor(SQSBatchResponse.class, getClass().getClassLoader())
            .fromJson(JSON.std.asString(call("sqs-unknown")));
    assertThat(sqs.getBatchItemFailures())
        .extracting(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
        .containsExactly(FIRST, SECOND);

    S3BatchResponse batch =
        LambdaEventSerializers.serializerFor(S3BatchResponse.class, getClass().getClassLoader())
            .fromJson(JSON.std.asString(call("batch-operations-1.0")));
    assertThat(batch.getTreatMissingKeysAs())
        .isEqualTo(S3BatchResponse.ResultCode.TemporaryFailure);
    assertThat(batch.getResults())
        .extracting(S3BatchResponse.Result::getResultCode)
        .containsExactly(S3BatchResponse.ResultCode.Succeeded);
  }

  @Test
  void handleRequest_shouldWriteOneLineOfMetrics_forEachInvocation() throws IOException {
    call("sqs-two-messages");
    call("sqs-two-messages");

    List<String> lines = log.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(JSON.std.mapFrom(lines.getFirst()))
        .containsEntry("Function", "upload")
        .containsEntry("Inferences", 1)
        .containsEntry("Classified", 1)
        .containsKey("_aws");
    assertThat(JSON.std.mapFrom(lines.getLast()))
        .containsEntry("Duplicate", 1)
        .doesNotContainKey("Inferences");
  }

  /** An event as SQS delivers it. */
  private static Map<String, Object> sqsMessage(String fixture) throws IOException {
    String body = JSON.std.asString(Fixtures.event(fixture));
    return Map.of("Records", List.of(Map.of("messageId", FIRST, "body", body)));
  }

  private static Map<String, Object> failures(String... ids) {
    return Map.of(
        "batchItemFailures", Arrays.stream(ids).map(id -> Map.of("itemIdentifier", id)).toList());
  }

  private static Map<String, String> result(String code, String string) {
    return Map.of("taskId", "dGFza2lkZ29lc2hlcmUK", "resultCode", code, "resultString", string);
  }
}
