package dev.bucketlens.ingest;

import static dev.bucketlens.testing.UploadRig.BUCKET;
import static dev.bucketlens.testing.UploadRig.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.ingest.IngestMeter.Count;
import dev.bucketlens.ingest.ObjectEvent.Change;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Status;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.testing.EchoScorer;
import dev.bucketlens.testing.FaultProxy;
import dev.bucketlens.testing.UploadRig;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What one event leads to, on real services; each test has keys of its own. */
class IngestTest {
  @AutoClose private static final UploadRig rig = new UploadRig();
  private final EchoScorer scorer = new EchoScorer("m1");
  @AutoClose private final BatchIngest ingest = rig.ingest(scorer);
  private final int inferencesBefore = rig.meter().get(Count.INFERENCES);

  @Test
  void created_shouldBeClassified_whateverTheKey() {
    for (String key : List.of("plain", "my photos/été (1) a+b 100%.jpg", "🐈", "a//b", "a=b&c")) {
      ObjectEvent event = rig.put(key, "cat");

      assertThat(deliver(ingest, event)).hasOnlyElementsOfType(Outcome.Classified.class);
      assertThat(label(key)).isEqualTo("cat");
    }
  }

  @Test
  void created_shouldBeRejectedForEver_whenItIsNoImage() {
    ObjectEvent event = rig.put("bad.jpg", "bad");

    assertThat(deliver(ingest, event)).hasOnlyElementsOfType(Outcome.Rejected.class);
    assertThat(deliver(ingest, event)).hasOnlyElementsOfType(Outcome.Duplicate.class);
    assertThat(rig.item("bad.jpg").orElseThrow().verdict())
        .isEqualTo(new Verdict.Rejected("NOT_AN_IMAGE", RejectionCode.NOT_AN_IMAGE.sentence()));
  }

  @Test
  void created_shouldBeRejectedUnread_whenItIsTooLarge() {
    ObjectEvent event = rig.put("large.jpg", "x".repeat(EchoScorer.MAX_BYTES + 1));

    assertThat(deliver(ingest, event)).hasOnlyElementsOfType(Outcome.Rejected.class);
    assertThat(rig.item("large.jpg").orElseThrow().verdict())
        .isEqualTo(
            new Verdict.Rejected(
                "TOO_MANY_BYTES",
                RejectionCode.tooManyBytes(EchoScorer.MAX_BYTES + 1, EchoScorer.MAX_BYTES)));
  }

  @Test
  void lookUp_shouldBeRejected_whenItProvesTooLargeOnReading() {
    rig.put("larger.jpg", "x".repeat(EchoScorer.MAX_BYTES + 1));

    assertThat(deliver(ingest, ObjectEvent.lookUp(BUCKET, "larger.jpg", null)))
        .hasOnlyElementsOfType(Outcome.Rejected.class);
    assertThat(rig.item("larger.jpg").orElseThrow().version().size())
        .isEqualTo(EchoScorer.MAX_BYTES + 1);
  }

  @Test
  void created_shouldCostNoInference_whenItIsDeliveredAgain() {
    ObjectEvent event = rig.put("twice", "cat");

    deliver(ingest, event);
    assertThat(deliver(ingest, event, event)).hasOnlyElementsOfType(Outcome.Duplicate.class);
    assertThat(inferences()).isEqualTo(1);
  }

  /** Waiting for S3 would take longer than the event has time. */
  @Test
  void created_shouldBreakTheReadOff_whenItProvesADuplicate() {
    ObjectEvent event = rig.put("twice, unread", "cat");
    deliver(ingest, event);

    rig.s3Faults().setPlan(_ -> FaultProxy.silence());
    try {
      assertThat(deliver(ingest, event)).hasOnlyElementsOfType(Outcome.Duplicate.class);
    } finally {
      rig.s3Faults().setPlan(_ -> FaultProxy.pass());
    }
  }

  @Test
  void created_shouldNotBeReadAhead_whenItIsLarge() {
    ObjectEvent event = rig.put("large twice", "x".repeat((int) ObjectReads.MOST_READ_AHEAD + 1));
    AtomicInteger reads = new AtomicInteger();
    rig.s3Faults()
        .setPlan(_ -> {
          reads.incrementAndGet();
          return FaultProxy.pass();
        });
    try (BatchIngest large = rig.ingest(new EchoScorer("m1", 2 * ObjectReads.MOST_READ_AHEAD))) {
      deliver(large, event);
      assertThat(deliver(large, event)).hasOnlyElementsOfType(Outcome.Duplicate.class);
    } finally {
      rig.s3Faults().setPlan(_ -> FaultProxy.pass());
    }
    assertThat(reads).hasValue(1);
  }

  @Test
  void created_shouldCostOneInference_whenABatchHoldsItTwice() {
    ObjectEvent event = rig.put("twice at once", "cat");

    assertThat(deliver(ingest, event, event))
        .hasExactlyElementsOfTypes(Outcome.Classified.class, Outcome.Duplicate.class);
    assertThat(inferences()).isEqualTo(1);
  }

  @Test
  void created_shouldCostOneInference_whenABatchHoldsEveryReplacement() {
    ObjectEvent first = rig.put("replaced", "cat");
    ObjectEvent second = rig.put("replaced", "dog");
    ObjectEvent third = rig.put("replaced", "cow");

    assertThat(deliver(ingest, first, third, second))
        .hasExactlyElementsOfTypes(
            Outcome.Superseded.class, Outcome.Classified.class, Outcome.Superseded.class);
    assertThat(label("replaced")).isEqualTo("cow");
    assertThat(inferences()).isEqualTo(1);
  }

  @Test
  void created_shouldLeaveNoItem_whenTheObjectMarksAFolder() {
    ObjectEvent folder = rig.put("album/", "");
    ObjectEvent lookUp = ObjectEvent.lookUp(UploadRig.BUCKET, "album/", null);

    assertThat(deliver(ingest, folder, lookUp)).hasOnlyElementsOfType(Outcome.Folder.class);
    assertThat(rig.item("album/")).isEmpty();
    assertThat(rig.meter().get(Count.FOLDERS)).isEqualTo(2);
  }

  @Test
  void created_shouldBeSuperseded_whenTheObjectWasReplacedBeforeItWasRead() {
    ObjectEvent first = rig.put("overtaken", "cat");
    ObjectEvent second = rig.put("overtaken", "dog");

    assertThat(deliver(ingest, first)).hasOnlyElementsOfType(Outcome.Superseded.class);
    assertThat(rig.item("overtaken")).isEmpty();
    deliver(ingest, second);
    assertThat(label("overtaken")).isEqualTo("dog");
  }

  @Test
  void created_shouldBeRecordedAsGone_whenTheObjectWasDeletedBeforeItWasRead() {
    ObjectEvent created = rig.put("short-lived", "cat");
    ObjectEvent removed = rig.delete("short-lived");

    assertThat(deliver(ingest, created)).hasOnlyElementsOfType(Outcome.Deleted.class);
    assertThat(deliver(ingest, created)).hasOnlyElementsOfType(Outcome.Duplicate.class);
    assertThat(deliver(ingest, removed)).hasOnlyElementsOfType(Outcome.Deleted.class);
    assertThat(status("short-lived")).isEqualTo(Status.DELETED);
  }

  @Test
  void removed_shouldOutliveALateCreate() {
    ObjectEvent created = rig.put("late", "cat");
    ObjectEvent removed = rig.delete("late");

    deliver(ingest, removed);
    assertThat(deliver(ingest, created)).hasOnlyElementsOfType(Outcome.Superseded.class);
    assertThat(status("late")).isEqualTo(Status.DELETED);
  }

  @Test
  void removed_shouldLeaveATombstoneThatEnds() {
    ObjectEvent removed = rig.delete("never there");
    deliver(ingest, removed);

    ImageResult tombstone = rig.item("never there").orElseThrow();
    Duration life =
        Duration.between(
            tombstone.classifiedAt(), ((Verdict.Deleted) tombstone.verdict()).expiresAt());
    assertThat(life).isCloseTo(Duration.ofDays(30), Duration.ofSeconds(1));
  }

  @Test
  void created_shouldBeCopied_whenTheSameContentIsPutAgain() {
    deliver(ingest, rig.put("same", "cat"));
    ObjectEvent again = rig.put("same", "cat");

    assertThat(deliver(ingest, again))
        .singleElement()
        .isInstanceOfSatisfying(Outcome.Classified.class, c -> assertThat(c.inferred()).isFalse());
    assertThat(rig.item("same").orElseThrow().version().sequencer()).isEqualTo(again.sequencer());
    assertThat(inferences()).isEqualTo(1);
  }

  @Test
  void created_shouldBeScoredAgain_whenTheModelIsAnother() {
    ObjectEvent event = rig.put("rescored", "cat");
    deliver(ingest, event);

    try (BatchIngest other = rig.ingest(new EchoScorer("m2"))) {
      assertThat(deliver(other, event)).hasOnlyElementsOfType(Outcome.Classified.class);
    }
    assertThat(rig.item("rescored").orElseThrow().model().hash()).isEqualTo("m2");
    assertThat(inferences()).isEqualTo(2);
  }

  @Test
  void lookUp_shouldBeSkipped_whenThisModelHasScoredTheContent() {
    deliver(ingest, rig.put("listed", "cat"));
    ObjectEvent listed = ObjectEvent.lookUp(BUCKET, "listed", null);

    assertThat(deliver(ingest, listed)).hasOnlyElementsOfType(Outcome.Duplicate.class);
    assertThat(inferences()).isEqualTo(1);
  }

  @Test
  void lookUp_shouldBeScored_whenTheTableDoesNotKnowIt() {
    ObjectEvent created = rig.put("backlog", "cat");
    ObjectEvent listed = ObjectEvent.lookUp(BUCKET, "backlog", null);

    assertThat(deliver(ingest, listed)).hasOnlyElementsOfType(Outcome.Classified.class);
    assertThat(rig.item("backlog").orElseThrow().version().sequencer()).isNull();
    assertThat(deliver(ingest, created))
        .singleElement()
        .isInstanceOfSatisfying(Outcome.Classified.class, c -> assertThat(c.inferred()).isFalse());
    assertThat(rig.item("backlog").orElseThrow().version().sequencer())
        .isEqualTo(created.sequencer());
  }

  @Test
  void lookUp_shouldKeepTheOrder_whenItRescores() {
    ObjectEvent first = rig.put("rescored backlog", "cat");
    ObjectEvent second = rig.put("rescored backlog", "dog");
    deliver(ingest, second);

    try (BatchIngest other = rig.ingest(new EchoScorer("m2"))) {
      deliver(other, ObjectEvent.lookUp(BUCKET, "rescored backlog", null));
      assertThat(rig.item("rescored backlog").orElseThrow().model().hash()).isEqualTo("m2");
      assertThat(deliver(other, first)).hasOnlyElementsOfType(Outcome.Superseded.class);
    }
  }

  @Test
  void lookUp_shouldWriteATombstone_whenWhatTheTableHoldsIsGone() {
    deliver(ingest, rig.put("vanished", "cat"));
    rig.delete("vanished");
    ObjectEvent listed = ObjectEvent.lookUp(BUCKET, "vanished", null);

    assertThat(deliver(ingest, listed)).hasOnlyElementsOfType(Outcome.Deleted.class);
    assertThat(status("vanished")).isEqualTo(Status.DELETED);
    deliver(ingest, ObjectEvent.lookUp(BUCKET, "never listed", null));
    assertThat(rig.item("never listed")).isEmpty();
  }

  @Test
  void lookUp_shouldLookAgain_whenTheItemChangesMeanwhile() {
    rig.put("contended", "cat");
    ObjectEvent put = rig.put("contended", "dog");
    try (BatchIngest other = rig.ingest(new EchoScorer("m1"))) {
      scorer.before(() -> {
        scorer.before(() -> {});
        deliver(other, put);
      });

      assertThat(deliver(ingest, ObjectEvent.lookUp(BUCKET, "contended", null)))
          .hasOnlyElementsOfType(Outcome.Duplicate.class);
    }
    assertThat(rig.item("contended").orElseThrow().version().sequencer())
        .isEqualTo(put.sequencer());
  }

  @Test
  void lookUp_shouldBeSuperseded_whenItNamesAnotherVersion() {
    rig.put("versions", "cat");

    assertThat(deliver(ingest, ObjectEvent.lookUp(BUCKET, "versions", "an-old-version")))
        .hasOnlyElementsOfType(Outcome.Superseded.class);
    assertThat(rig.item("versions")).isEmpty();
  }

  @Test
  void versionRemoved_shouldScoreWhatTheKeyShowsNow() {
    ObjectEvent created = rig.put("uncovered", "cat");
    ObjectEvent marker =
        event(
            Change.REMOVED,
            created,
            new Sequencer(created.sequencer().value().replaceAll("0$", "1")));
    deliver(ingest, marker);
    assertThat(status("uncovered")).isEqualTo(Status.DELETED);

    ObjectEvent markerRemoved =
        event(
            Change.VERSION_REMOVED,
            created,
            new Sequencer(created.sequencer().value().replaceAll("0$", "2")));
    deliver(ingest, markerRemoved);

    assertThat(label("uncovered")).isEqualTo("cat");
  }

  @Test
  void versionRemoved_shouldOutliveTheLateCreateOfTheRemovedVersion() {
    ObjectEvent kept = rig.put("kept", "cat");
    String place = kept.sequencer().value();
    deliver(ingest, kept);
    ObjectEvent removal =
        event(Change.VERSION_REMOVED, kept, new Sequencer(place.replaceAll("0$", "2")));

    assertThat(deliver(ingest, removal)).hasOnlyElementsOfType(Outcome.Classified.class);
    ObjectEvent late = event(Change.CREATED, kept, new Sequencer(place.replaceAll("0$", "1")));
    assertThat(deliver(ingest, late)).hasOnlyElementsOfType(Outcome.Superseded.class);
    assertThat(label("kept")).isEqualTo("cat");
    assertThat(inferences()).isEqualTo(1);
  }

  @Test
  void any_shouldFail_whenTheBucketIsAnother() {
    ObjectEvent foreign = ObjectEvent.lookUp("elsewhere", "a.jpg", null);

    assertThat(deliver(ingest, foreign))
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            f -> assertThat(f.reason()).contains("bucket elsewhere is not the configured one"));
    assertThat(rig.table().store(Clock.systemUTC()).find(foreign.image())).isEmpty();
  }

  private static ObjectEvent event(Change change, ObjectEvent like, Sequencer sequencer) {
    return new ObjectEvent(change, BUCKET, like.key(), "v2", null, 0, sequencer);
  }

  private int inferences() {
    return rig.meter().get(Count.INFERENCES) - inferencesBefore;
  }

  private static Status status(String key) {
    return rig.item(key).orElseThrow().status();
  }

  private static String label(String key) {
    Optional<ImageResult> item = rig.item(key);
    return ((Verdict.Classified) item.orElseThrow().verdict()).scores().getFirst().label();
  }
}
