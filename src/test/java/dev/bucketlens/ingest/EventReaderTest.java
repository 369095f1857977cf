package dev.bucketlens.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.S3BatchEvent;
import com.amazonaws.services.lambda.runtime.events.S3BatchEventV2;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.ingest.ObjectEvent.Change;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.testing.Fixtures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  private static final String AWKWARD_KEY = "events/my photos/été (1) a+b 100%.jpg";
  private static final String ETAG = "d08e8c2e925917a7904af214673a7301";
  private static final ObjectEvent PUT =
      new ObjectEvent(
          Change.CREATED,
          "images",
          "events/chameleon.jpg",
          null,
          ETAG,
          188842,
          new Sequencer("0069203E2B1C4D5E6F"));

  private final EventReader reader = new EventReader();

  @Test
  void read_shouldTellEveryField_whenS3NotifiesStraight() throws EventFormatException {
    assertThat(reader.read(Fixtures.event("s3-put"))).containsExactly(PUT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqs-s3-put", "sqs-sns-s3-put"})
  void read_shouldTellTheSame_whenTheNotificationIsWrappedInSqs(String fixture)
      throws EventFormatException {
    assertThat(reader.read(Fixtures.body(fixture))).containsExactly(PUT);
  }

  @Test
  void read_shouldTellTheSame_whenSnsCallsStraight() throws EventFormatException {
    assertThat(reader.read(Fixtures.event("sns-s3-put"))).containsExactly(PUT);
  }

  @Test
  void read_shouldTellEachRecord_whenThereAreTwo() throws EventFormatException {
    assertThat(reader.read(Fixtures.event("s3-two-records")))
        .extracting(ObjectEvent::key)
        .containsExactly("events/chameleon.jpg", AWKWARD_KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "s3-put, CREATED",
    "s3-put-versioned, CREATED",
    "s3-multipart, CREATED",
    "s3-copy, CREATED",
    "s3-delete, REMOVED",
    "s3-delete-marker, REMOVED",
    "s3-delete-version, VERSION_REMOVED",
    "s3-lifecycle-expiration, REMOVED",
    "s3-restore-completed, LOOK_UP",
    "eventbridge-created, CREATED",
    "eventbridge-deleted, REMOVED",
    "eventbridge-delete-marker, REMOVED",
    "eventbridge-restore-completed, LOOK_UP"
  })
  void read_shouldTellWhatHappened_forEachEvent(String fixture, Change change)
      throws EventFormatException {
    assertThat(reader.read(Fixtures.event(fixture)))
        .extracting(ObjectEvent::change)
        .containsExactly(change);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3-test-event", "s3-tagging"})
  void read_shouldTellNothing_whenNoResultChanges(String fixture) throws EventFormatException {
    assertThat(reader.read(Fixtures.event(fixture))).isEmpty();
  }

  @Test
  void read_shouldDecodeTheKeyOnce_asItsEnvelopeHasIt() throws Exception {
    assertThat(reader.read(Fixtures.event("s3-put-encoded-key")))
        .extracting(ObjectEvent::key)
        .containsExactly(AWKWARD_KEY);
    assertThat(reader.read(Fixtures.event("eventbridge-created")))
        .extracting(ObjectEvent::key)
        .containsExactly(AWKWARD_KEY);
    assertThat(reader.read(Fixtures.body("sqs-sns-eventbridge-created")))
        .extracting(ObjectEvent::key)
        .containsExactly(AWKWARD_KEY);
    assertThat(BatchTask.read(Fixtures.task("batch-operations-1.0")).event().key())
        .isEqualTo(AWKWARD_KEY);
  }

  @ParameterizedTest
  @CsvSource({
    "a%2Fb.jpg, a/b.jpg",
    "%F0%9F%90%88.jpg, 🐈.jpg",
    "../../etc/passwd, ../../etc/passwd",
    "%253Cx%253E, %3Cx%3E"
  })
  void read_shouldDecodeOnce_whateverTheKey(String sent, String key) throws Exception {
    String json = JSON.std.asString(Fixtures.event("s3-put")).replace("events/chameleon.jpg", sent);

    assertThat(reader.read(json)).extracting(ObjectEvent::key).containsExactly(key);
  }

  @Test
  void read_shouldPinTheVersion_whenTheBucketHasVersions() throws EventFormatException {
    assertThat(reader.read(Fixtures.event("s3-put-versioned")))
        .extracting(ObjectEvent::versionId)
        .as("the version of a bucket that keeps no further ones")
        .containsExactly("null");
    assertThat(reader.read(Fixtures.event("s3-delete-version")))
        .extracting(ObjectEvent::versionId)
        .containsExactly("096fKKXTRTtl3on89fVO.nfljtsv6qko");
  }

  @Test
  void read_shouldTellBothSchemas_whenBatchOperationsAsks() throws Exception {
    assertThat(BatchTask.read(Fixtures.task("batch-operations-1.0")))
        .isEqualTo(
            new BatchTask("dGFza2lkZ29lc2hlcmUK", ObjectEvent.lookUp("images", AWKWARD_KEY, null)));
    assertThat(BatchTask.read(Fixtures.task("batch-operations-2.0")).event())
        .isEqualTo(ObjectEvent.lookUp("images", "events/chameleon.jpg", null));
  }

  @Test
  void read_shouldNameTheFieldsSeen_whenTheShapeIsUnknown() {
    assertThatThrownBy(() -> reader.read(Fixtures.body("sqs-unknown")))
        .isInstanceOf(EventFormatException.class)
        .hasMessage("event is of no known shape; its fields are [answer, hello]");
    assertThatThrownBy(() -> reader.read("not json"))
        .isInstanceOf(EventFormatException.class)
        .hasMessage("event is not a JSON object");
    assertThatThrownBy(() -> reader.read(Map.of())).hasMessageContaining("its fields are []");
    assertThatThrownBy(() -> reader.read(Map.of("Records", List.of(Map.of("kinesis", 1)))))
        .hasMessage("record is of no known shape; its fields are [kinesis]");
  }

  @Test
  void read_shouldNameThePath_whenAFieldIsMissing() throws Exception {
    String json = JSON.std.asString(Fixtures.event("s3-put"));

    assertThatThrownBy(() -> reader.read(json.replace("\"key\"", "\"kay\"")))
        .isInstanceOf(EventFormatException.class)
        .hasMessage("event field Records[].s3.object.key is not a text");
    assertThatThrownBy(() -> reader.read(json.replace("events/chameleon.jpg", "100%")))
        .hasMessage("object key is not URL-encoded as S3 does it");
    assertThatThrownBy(() -> reader.read(json.replace("0069203E2B1C4D5E6F", "soon")))
        .hasMessage("sequencer has 4 characters; expected 1 to 40 hex digits");
  }

  @Test
  void read_shouldShowNoPayload_whenFieldNamesAreHostile() {
    String name = "x".repeat(100_000);

    assertThatThrownBy(() -> reader.read("{\"" + name + "\": 1}")).message().hasSizeLessThan(200);
  }

  @Test
  void read_shouldStop_whenAnEventIsWrappedWithoutEnd() throws Exception {
    String json = "{}";
    for (int i = 0; i < 5; i++) {
      json = JSON.std.asString(Map.of("Type", "Notification", "Message", json));
    }
    String wrapped = json;

    assertThatThrownBy(() -> reader.read(wrapped)).hasMessage("event is wrapped more than 3 times");
  }

  /** AWS's own types and mapper are the reference; what is missing they tell as empty text. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3-put",
        "s3-put-encoded-key",
        "s3-put-versioned",
        "s3-two-records",
        "s3-multipart",
        "s3-copy",
        "s3-delete",
        "s3-delete-marker",
        "s3-delete-version"
      })
  void read_shouldAgreeWithTheLambdaLibrary_onNotifications(String fixture) throws Exception {
    List<ObjectEvent> ours = reader.read(Fixtures.event(fixture));

    S3EventNotification theirs =
        LambdaEventSerializers.serializerFor(S3EventNotification.class, getClass().getClassLoader())
            .fromJson(JSON.std.asString(Fixtures.event(fixture)));
    assertThat(theirs.getRecords()).hasSameSizeAs(ours);
    for (int i = 0; i < ours.size(); i++) {
      S3EventNotification.S3Entity s3 = theirs.getRecords().get(i).getS3();
      assertThat(ours.get(i).bucket()).isEqualTo(s3.getBucket().getName());
      assertThat(ours.get(i).key()).isEqualTo(s3.getObject().getUrlDecodedKey());
      assertThat(ours.get(i).eTag()).isEqualTo(emptyToNull(s3.getObject().geteTag()));
      assertThat(ours.get(i).versionId()).isEqualTo(emptyToNull(s3.getObject().getVersionId()));
      assertThat(ours.get(i).sequencer()).isEqualTo(new Sequencer(s3.getObject().getSequencer()));
      assertThat(Math.max(0, ours.get(i).size()))
          .isEqualTo(s3.getObject().getSizeAsLong() == null ? 0 : s3.getObject().getSizeAsLong());
    }
  }

  @Test
  void read_shouldAgreeWithTheLambdaLibrary_onSqsAndBatchOperations() throws Exception {
    SQSEvent sqs = library(SQSEvent.class, "sqs-s3-put");
    assertThat(reader.read(sqs.getRecords().getFirst().getBody())).containsExactly(PUT);

    S3BatchEvent first = library(S3BatchEvent.class, "batch-operations-1.0");
    assertThat(first.getTasks().getFirst().getS3BucketArn()).isEqualTo("arn:aws:s3:::images");
    S3BatchEventV2 second = library(S3BatchEventV2.class, "batch-operations-2.0");
    assertThat(second.getTasks().getFirst().getS3Bucket()).isEqualTo("images");
  }

  private <T> T library(Class<T> type, String fixture) throws Exception {
    return LambdaEventSerializers.serializerFor(type, getClass().getClassLoader())
        .fromJson(JSON.std.asString(Fixtures.event(fixture)));
  }

  private static String emptyToNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
