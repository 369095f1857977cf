package dev.bucketlens.ingest;

import static dev.bucketlens.testing.FaultProxy.appliedThenHangUp;
import static dev.bucketlens.testing.FaultProxy.appliedThenSilence;
import static dev.bucketlens.testing.FaultProxy.appliedThenStatus;
import static dev.bucketlens.testing.FaultProxy.cutOff;
import static dev.bucketlens.testing.FaultProxy.first;
import static dev.bucketlens.testing.FaultProxy.hangUp;
import static dev.bucketlens.testing.FaultProxy.silence;
import static dev.bucketlens.testing.FaultProxy.stall;
import static dev.bucketlens.testing.FaultProxy.status;
import static dev.bucketlens.testing.UploadRig.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.ingest.IngestMeter.Count;
import dev.bucketlens.results.Status;
import dev.bucketlens.testing.EchoScorer;
import dev.bucketlens.testing.FaultProxy.Fault;
import dev.bucketlens.testing.UploadRig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault once in passing and once lasting: afterwards the event is delivered again, as SQS
 * does, and the table must hold its one item.
 */
class FaultTest {
  private static final String XML = "application/xml";
  private static final String JSON = "application/x-amz-json-1.0";
  private static final int CLIENT_ATTEMPTS = 3;

  @AutoClose private static final UploadRig rig = UploadRig.impatient();
  private final EchoScorer scorer = new EchoScorer("m1");
  @AutoClose private final BatchIngest ingest = rig.ingest(scorer);
  private int inferencesBefore;

  @BeforeEach
  void clear() {
    rig.table().clear();
    inferencesBefore = rig.meter().get(Count.INFERENCES);
  }

  @AfterEach
  void heal() {
    rig.heal();
  }

  static Stream<Arguments> s3Faults() {
    return Stream.of(
        Arguments.of("503", status(503, XML, s3Error("SlowDown"))),
        Arguments.of("500", status(500, XML, s3Error("InternalError"))),
        Arguments.of("silence", silence()),
        Arguments.of("no answer", hangUp()),
        Arguments.of("body cut off", cutOff()),
        Arguments.of("body stalls", stall()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("s3Faults")
  void event_shouldBeClassifiedAtOnce_whenS3FailsInPassing(String name, Fault fault) {
    rig.s3Faults().setPlan(first(1, fault));

    assertThat(deliver(ingest, rig.put(name, "cat")))
        .hasOnlyElementsOfType(Outcome.Classified.class);
    assertOneItemAfter(name, 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("s3Faults")
  void event_shouldBeClassifiedOnRedelivery_whenS3FailsForAWhile(String name, Fault fault) {
    ObjectEvent event = rig.put(name, "cat");
    rig.s3Faults().setPlan(_ -> fault);

    assertThat(deliver(ingest, event)).hasOnlyElementsOfType(Outcome.Failed.class);
    assertThat(rig.table().items()).isEmpty();

    rig.heal();
    assertThat(deliver(ingest, event)).hasOnlyElementsOfType(Outcome.Classified.class);
    assertOneItemAfter(name, 1);
  }

  @Test
  void event_shouldFailUntilTheRightIsGiven_whenS3Forbids() {
    ObjectEvent event = rig.put("forbidden", "cat");
    rig.s3Faults().setPlan(_ -> status(403, XML, s3Error("AccessDenied")));

    assertThat(deliver(ingest, event))
        .singleElement()
        .isInstanceOfSatisfying(Outcome.Failed.class, f -> assertThat(f.reason()).contains("403"));
    assertThat(rig.table().items()).isEmpty();

    rig.heal();
    deliver(ingest, event);
    assertOneItemAfter("forbidden", 1);
  }

  @Test
  void event_shouldFail_whenTheBucketIsNotThere() {
    ObjectEvent event = rig.put("no bucket", "cat");
    rig.s3Faults().setPlan(_ -> status(404, XML, s3Error("NoSuchBucket")));

    assertThat(deliver(ingest, event)).hasOnlyElementsOfType(Outcome.Failed.class);
    assertThat(rig.table().items()).isEmpty();
  }

  @Test
  void event_shouldBeRecordedAsGone_whenS3SaysSo() {
    ObjectEvent event = rig.put("gone", "cat");
    rig.s3Faults().setPlan(_ -> status(404, XML, s3Error("NoSuchKey")));

    assertThat(deliver(ingest, event)).hasOnlyElementsOfType(Outcome.Deleted.class);
    assertThat(rig.item("gone").orElseThrow().status()).isEqualTo(Status.DELETED);
  }

  @Test
  void event_shouldBeSuperseded_whenTheContentIsAnother() {
    ObjectEvent event = rig.put("changed", "cat");
    rig.s3Faults().setPlan(_ -> status(412, XML, s3Error("PreconditionFailed")));

    assertThat(deliver(ingest, event)).hasOnlyElementsOfType(Outcome.Superseded.class);
    assertThat(rig.table().items()).isEmpty();
  }

  @Test
  void archivedObject_shouldBeScored_onceItIsRestored() {
    ObjectEvent event = rig.put("archived", "cat");
    rig.s3Faults().setPlan(_ -> status(403, XML, s3Error("InvalidObjectState")));

    assertThat(deliver(ingest, event)).hasOnlyElementsOfType(Outcome.Rejected.class);
    assertThat(deliver(ingest, event)).hasOnlyElementsOfType(Outcome.Duplicate.class);

    rig.heal();
    ObjectEvent restored = ObjectEvent.lookUp(UploadRig.BUCKET, "archived", null);
    assertThat(deliver(ingest, restored)).hasOnlyElementsOfType(Outcome.Classified.class);
    assertOneItemAfter("archived", 1);
  }

  /** The third argument tells how many inferences a fault that lasts costs in all. */
  static Stream<Arguments> tableFaults() {
    Fault throttled = status(400, JSON, tableError("ProvisionedThroughputExceededException"));
    Fault failed = status(500, JSON, tableError("InternalServerError"));
    Fault failedAfter = appliedThenStatus(500, JSON, tableError("InternalServerError"));
    return Stream.of(
        Arguments.of("GetItem", "throttled", throttled, 1),
        Arguments.of("GetItem", "500", failed, 1),
        Arguments.of("GetItem", "silence", silence(), 1),
        Arguments.of("GetItem", "no answer", hangUp(), 1),
        Arguments.of("PutItem", "throttled", throttled, 2),
        Arguments.of("PutItem", "500 before the write", failed, 2),
        Arguments.of("PutItem", "500 after the write", failedAfter, 1),
        Arguments.of("PutItem", "silence before the write", silence(), 2),
        Arguments.of("PutItem", "silence after the write", appliedThenSilence(), 1),
        Arguments.of("PutItem", "no answer before the write", hangUp(), 2),
        Arguments.of("PutItem", "no answer after the write", appliedThenHangUp(), 1));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("tableFaults")
  void event_shouldBeClassifiedOnce_whenTheTableFailsInPassing(
      String operation, String name, Fault fault, int inferences) {
    rig.tableFaults().setPlan(first(1, operation, fault));

    assertThat(deliver(ingest, rig.put(name, "cat")))
        .hasOnlyElementsOfType(Outcome.Classified.class);
    assertOneItemAfter(name, 1);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("tableFaults")
  void event_shouldBeClassifiedOnRedelivery_whenTheTableFailsForAWhile(
      String operation, String name, Fault fault, int inferences) {
    ObjectEvent event = rig.put(name, "cat");
    rig.tableFaults().setPlan(first(CLIENT_ATTEMPTS, operation, fault));

    assertThat(deliver(ingest, event)).hasOnlyElementsOfType(Outcome.Failed.class);
    assertThat(deliver(ingest, event).getFirst())
        .isInstanceOfAny(Outcome.Classified.class, Outcome.Duplicate.class);
    assertOneItemAfter(name, inferences);
  }

  @Test
  void removal_shouldReachTheTable_whenItsAnswerIsLost() {
    rig.put("removed", "cat");
    ObjectEvent removal = rig.delete("removed");
    rig.tableFaults().setPlan(first(1, "PutItem", appliedThenSilence()));

    assertThat(deliver(ingest, removal)).hasOnlyElementsOfType(Outcome.Deleted.class);
    assertThat(rig.table().items()).hasSize(1);
  }

  @Test
  void otherPhotos_shouldBeClassified_whenOneNeedsTooMuchMemory() {
    List<ObjectEvent> events =
        Stream.of("a", "b", "bomb", "c").map(key -> rig.put(key, key)).toList();
    // Two scorers ask at the same time; only one of them may have the bomb.
    AtomicBoolean exploded = new AtomicBoolean();
    scorer.before(() -> {
      if (inferences() >= 1 && exploded.compareAndSet(false, true)) {
        // The real thing: more than the heap can ever hold.
        assertThat(new long[Integer.MAX_VALUE - 8]).isNull();
      }
    });

    List<Outcome> outcomes = deliver(ingest, events.toArray(ObjectEvent[]::new));

    assertThat(outcomes).filteredOn(Outcome.Classified.class::isInstance).hasSize(3);
    assertThat(outcomes)
        .filteredOn(Outcome.Failed.class::isInstance)
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Failed.class, f -> assertThat(f.cause()).isInstanceOf(OutOfMemoryError.class));
    deliver(ingest, events.toArray(ObjectEvent[]::new));
    assertThat(rig.table().items()).hasSize(4);
    assertThat(inferences()).isEqualTo(4);
  }

  @Test
  void event_shouldBeClassifiedOnRedelivery_whenTheInterpreterFails() {
    ObjectEvent event = rig.put("interpreter", "cat");
    scorer.before(() -> {
      throw new IllegalStateException("LiteRtRunCompiledModel answered RUNTIME_FAILURE");
    });
    assertThat(deliver(ingest, event))
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Failed.class, f -> assertThat(f.reason()).contains("LiteRtRunCompiledModel"));
    assertThat(rig.table().items()).isEmpty();

    scorer.before(() -> {});
    deliver(ingest, event);
    assertOneItemAfter("interpreter", 1);
  }

  @Test
  void newerContent_shouldWin_whateverOurClocksSay() {
    ObjectEvent first = rig.put("skewed", "cat");
    Instant now = Instant.now();
    try (BatchIngest ahead =
            rig.ingest(scorer, Clock.fixed(now.plus(Duration.ofHours(2)), ZoneOffset.UTC));
        BatchIngest behind =
            rig.ingest(scorer, Clock.fixed(now.minus(Duration.ofHours(2)), ZoneOffset.UTC))) {
      deliver(ahead, first);
      ObjectEvent second = rig.put("skewed", "dog");
      deliver(behind, second);
      assertThat(deliver(ahead, first)).hasOnlyElementsOfType(Outcome.Superseded.class);
      assertThat(rig.item("skewed").orElseThrow().version().sequencer())
          .isEqualTo(second.sequencer());
      assertOneItemAfter("skewed", 2);
    }
  }

  private void assertOneItemAfter(String key, int inferences) {
    assertThat(rig.table().items()).hasSize(1);
    assertThat(rig.item(key).orElseThrow().status()).isEqualTo(Status.CLASSIFIED);
    assertThat(inferences()).isEqualTo(inferences);
  }

  private int inferences() {
    return rig.meter().get(Count.INFERENCES) - inferencesBefore;
  }

  private static String s3Error(String code) {
    return "<Error><Code>" + code + "</Code><Message>injected</Message></Error>";
  }

  private static String tableError(String type) {
    return "{\"__type\":\"com.amazonaws.dynamodb.v20120810#"
        + type
        + "\",\"message\":\"injected\"}";
  }
}
