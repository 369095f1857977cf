package dev.bucketlens.ingest;

import static dev.bucketlens.testing.UploadRig.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.Score;
import dev.bucketlens.ingest.IngestMeter.Count;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.Previous;
import dev.bucketlens.results.Status;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.testing.EchoScorer;
import dev.bucketlens.testing.UploadRig;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two versions of the upload function at work at once, each with a model of its own, and all within
 * one millisecond.
 */
class TwoVersionsTest {
  private final UploadRig rig = new UploadRig();
  private final EchoScorer newModel = new EchoScorer("new");
  private final Clock clock = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
  private final BatchIngest oldVersion = rig.ingest(new EchoScorer("old"), clock);
  private final BatchIngest newVersion = rig.ingest(newModel, clock);

  @AfterEach
  void close() throws Exception {
    oldVersion.close();
    newVersion.close();
    rig.close();
  }

  @Test
  void newVersion_shouldKeepWhatTheOldOneFound() {
    ObjectEvent event = rig.put("photo", "cat");
    deliver(oldVersion, event);
    ImageResult old = rig.item("photo").orElseThrow();

    assertThat(deliver(newVersion, event)).hasOnlyElementsOfType(Outcome.Classified.class);

    assertThat(rig.item("photo").orElseThrow().previous())
        .contains(
            new Previous(
                new ModelRef("echo", "old"),
                Status.CLASSIFIED,
                Optional.of(new Score("cat", 0.9f)),
                old.classifiedAt()));
    assertThat(rig.meter().get(Count.RESCORED)).isEqualTo(1);
    assertThat(rig.meter().get(Count.LABEL_CHANGED)).isZero();
  }

  @Test
  void newVersion_shouldCountTheLabel_whenItIsAnother() {
    ObjectEvent event = rig.put("photo", "cat");
    deliver(oldVersion, event);
    try (BatchIngest other = rig.ingest(new Relabelling("other"))) {
      deliver(other, event);
    }

    assertThat(rig.meter().get(Count.LABEL_CHANGED)).isEqualTo(1);
  }

  @Test
  void history_shouldEnd_whenTheContentIsAnother() {
    deliver(oldVersion, rig.put("photo", "cat"));
    deliver(newVersion, rig.put("photo", "dog"));

    assertThat(rig.item("photo").orElseThrow().previous()).isEmpty();
    assertThat(rig.meter().get(Count.RESCORED)).isZero();
  }

  @Test
  void oldVersion_shouldLeaveTheItemAlone_whenTheNewOneHasReplacedItsVerdict() {
    ObjectEvent event = rig.put("photo", "cat");
    deliver(oldVersion, event);
    deliver(newVersion, event);
    int inferences = inferences();

    for (int again = 0; again < 3; again++) {
      assertThat(deliver(oldVersion, event)).hasOnlyElementsOfType(Outcome.Duplicate.class);
      assertThat(deliver(newVersion, event)).hasOnlyElementsOfType(Outcome.Duplicate.class);
    }
    assertThat(rig.item("photo").orElseThrow().model().hash()).isEqualTo("new");
    assertThat(inferences()).isEqualTo(inferences);
  }

  /** Somebody asked for it: a rollback can be followed by a job over what the new one scored. */
  @Test
  void oldVersion_shouldScoreAgain_whenALookUpAsksForIt() {
    ObjectEvent event = rig.put("photo", "cat");
    deliver(oldVersion, event);
    deliver(newVersion, event);

    deliver(oldVersion, ObjectEvent.lookUp(UploadRig.BUCKET, "photo", null));

    ImageResult item = rig.item("photo").orElseThrow();
    assertThat(item.model().hash()).isEqualTo("old");
    assertThat(item.previous().orElseThrow().model().hash()).isEqualTo("new");
  }

  /** The new one has seen an empty table when the old one writes. */
  @Test
  void newVersion_shouldNotReplaceWhatItHasNotSeen() {
    ObjectEvent event = rig.put("photo", "cat");
    newModel.before(() -> deliver(oldVersion, event));

    assertThat(deliver(newVersion, event)).hasOnlyElementsOfType(Outcome.Duplicate.class);
    assertThat(rig.item("photo").orElseThrow().model().hash()).isEqualTo("old");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void anyDeliveries_shouldScoreAnEventAtMostTwiceInTheTable(long seed) throws Exception {
    Random random = new Random(seed);
    ObjectEvent event = rig.put("photo", "cat");
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      List<Callable<List<Outcome>>> deliveries = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        BatchIngest version = random.nextBoolean() ? oldVersion : newVersion;
        deliveries.add(() -> deliver(version, event));
      }
      for (Future<List<Outcome>> delivery : both.invokeAll(deliveries)) {
        assertThat(delivery.get()).hasSize(1);
      }
    }

    assertThat(rig.meter().get(Count.CLASSIFIED)).isBetween(1, 2);
    assertThat(rig.meter().get(Count.RESCORED)).isLessThanOrEqualTo(1);
    deliver(oldVersion, event);
    deliver(newVersion, event);
    int inferences = inferences();
    assertThat(deliver(oldVersion, event)).hasOnlyElementsOfType(Outcome.Duplicate.class);
    assertThat(deliver(newVersion, event)).hasOnlyElementsOfType(Outcome.Duplicate.class);
    assertThat(inferences()).isEqualTo(inferences);
    assertThat(rig.meter().get(Count.FAILED)).isZero();
  }

  private int inferences() {
    return rig.meter().get(Count.INFERENCES);
  }

  /** Calls everything the same. */
  private record Relabelling(String hash) implements PhotoScorer {

    @Override
    public ModelRef model() {
      return new ModelRef("relabelling", hash);
    }

    @Override
    public long maxBytes() {
      return EchoScorer.MAX_BYTES;
    }

    @Override
    public Verdict.Classified score(byte[] file) {
      return new Verdict.Classified(List.of(new Score("other", 0.8f)), 64, 48);
    }
  }
}
