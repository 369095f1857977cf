package dev.bucketlens.ingest;

import static dev.bucketlens.testing.UploadRig.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.Score;
import dev.bucketlens.ingest.IngestMeter.Count;
import dev.bucketlens.ingest.IngestMeter.Measure;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.Shadow;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.testing.EchoScorer;
import dev.bucketlens.testing.UploadRig;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A second model beside the first, by real S3 and a real table. */
class ShadowTrialTest {
  private final UploadRig rig = new UploadRig();
  private final EchoScorer first = new EchoScorer("first");
  private final EchoScorer second = new EchoScorer("second");

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Test
  void sample_shouldBeTheSamePhotosAlways_andAboutAsManyAsAskedFor() {
    List<ImageResult> photos =
        IntStream.range(0, 1000).mapToObj(i -> resultOf("photos/" + i + ".jpg")).toList();

    List<ImageResult> tenth = photos.stream().filter(new ShadowSample(10)::contains).toList();

    assertThat(tenth).hasSizeBetween(70, 130);
    assertThat(photos).filteredOn(new ShadowSample(20)::contains).containsAll(tenth);
    assertThat(photos).noneMatch(new ShadowSample(0)::contains);
    assertThat(photos).allMatch(new ShadowSample(100)::contains);
  }

  @Test
  void shadow_shouldStandBesideTheVerdict_withoutAPartInIt() {
    ObjectEvent event = rig.put("photo", "cat");
    try (ShadowTrial trial = trial(() -> second, 100);
        BatchIngest ingest = rig.ingest(first, trial)) {
      deliver(ingest, event);
      assertThat(deliver(ingest, event)).hasOnlyElementsOfType(Outcome.Duplicate.class);
    }

    ImageResult item = rig.item("photo").orElseThrow();
    assertThat(item.model().hash()).isEqualTo("first");
    assertThat(item.shadow())
        .contains(new Shadow(new ModelRef("echo", "second"), Optional.of(new Score("cat", 0.9f))));
    assertThat(count(Count.SHADOW_AGREED)).isEqualTo(1);
    assertThat(rig.meter().values(Measure.SHADOW_TIME)).hasSize(1);
  }

  @Test
  void shadow_shouldSeeOnlyItsSample() {
    try (ShadowTrial trial = trial(() -> second, 0);
        BatchIngest ingest = rig.ingest(first, trial)) {
      deliver(ingest, rig.put("photo", "cat"));
    }

    assertThat(rig.item("photo").orElseThrow().shadow()).isEmpty();
    assertThat(count(Count.SHADOW_SKIPPED)).isZero();
  }

  @Test
  void failure_shouldBeAMetricAlone() {
    second.before(() -> {
      throw new OutOfMemoryError("of the shadow");
    });
    try (ShadowTrial trial = trial(() -> second, 100);
        BatchIngest ingest = rig.ingest(first, trial)) {
      assertThat(deliver(ingest, rig.put("photo", "cat")))
          .hasOnlyElementsOfType(Outcome.Classified.class);
    }

    assertThat(rig.item("photo").orElseThrow().shadow()).isEmpty();
    assertThat(count(Count.SHADOW_FAILED)).isEqualTo(1);
    assertThat(count(Count.FAILED)).isZero();
  }

  @Test
  void missingModel_shouldBeAMetricAlone() {
    Supplier<PhotoScorer> missing =
        () -> {
          throw new IllegalStateException("no such model");
        };
    try (ShadowTrial trial = trial(missing, 100);
        BatchIngest ingest = rig.ingest(first, trial)) {
      assertThat(deliver(ingest, rig.put("photo", "cat")))
          .hasOnlyElementsOfType(Outcome.Classified.class);
    }

    assertThat(count(Count.SHADOW_FAILED)).isEqualTo(1);
  }

  /** Its first run never ends: the answer does not wait for it, and the next batch skips it. */
  @Test
  void slowness_shouldBeAMetricAlone() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    second.before(() -> awaitUninterruptibly(end));
    Invocation soon = new Invocation(UploadRig.REQUEST_ID, () -> 5_100);
    try (ShadowTrial trial = trial(() -> second, 100);
        BatchIngest ingest = rig.ingest(first, trial)) {
      List<Outcome> outcomes = ingest.ingest(List.of(rig.put("slow", "cat")), soon);
      outcomes = List.of(outcomes.getFirst(), deliver(ingest, rig.put("next", "dog")).getFirst());
      end.countDown();

      assertThat(outcomes).hasOnlyElementsOfType(Outcome.Classified.class);
    }

    assertThat(count(Count.SHADOW_FAILED)).isEqualTo(1);
    assertThat(count(Count.SHADOW_SKIPPED)).isEqualTo(1);
  }

  @Test
  void shadow_shouldBeLeftOut_whenTimeIsShort() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    // Enough to begin the photo and to wait for it, and then no more.
    Invocation passing =
        new Invocation(UploadRig.REQUEST_ID, () -> asked.getAndIncrement() < 2 ? 60_000 : 4_000);
    try (ShadowTrial trial = trial(() -> second, 100);
        BatchIngest ingest = rig.ingest(first, trial)) {
      assertThat(ingest.ingest(List.of(rig.put("photo", "cat")), passing))
          .hasOnlyElementsOfType(Outcome.Classified.class);
    }

    assertThat(count(Count.SHADOW_SKIPPED)).isEqualTo(1);
  }

  @Test
  void shadow_shouldTakeNoMoreMemoryThanItsOwn() {
    ShadowBatch batch = new ShadowBatch(new ShadowSample(100), rig.meter());
    byte[] half = new byte[(int) (ShadowBatch.MOST_BYTES / 2)];

    for (int i = 0; i < 3; i++) {
      batch.offer(resultOf("large-" + i), half);
    }

    assertThat(batch.drain()).hasSize(2);
    assertThat(count(Count.SHADOW_SKIPPED)).isEqualTo(1);
  }

  @Test
  void shadow_shouldNotBeNoted_whenTheItemHasChangedMeanwhile() {
    ObjectEvent event = rig.put("photo", "cat");
    try (BatchIngest other = rig.ingest(new EchoScorer("other"));
        ShadowTrial trial = trial(() -> second, 100);
        BatchIngest ingest = rig.ingest(first, trial)) {
      second.before(() -> deliver(other, rig.put("photo", "dog")));
      deliver(ingest, event);
    }

    ImageResult item = rig.item("photo").orElseThrow();
    assertThat(item.model().hash()).isEqualTo("other");
    assertThat(item.shadow()).isEmpty();
  }

  private ShadowTrial trial(Supplier<PhotoScorer> scorer, int percent) {
    return new ShadowTrial(
        scorer, new ShadowSample(percent), rig.table().store(Clock.systemUTC()), rig.meter());
  }

  private int count(Count count) {
    return rig.meter().get(count);
  }

  private static ImageResult resultOf(String key) {
    return new ImageResult(
        ImageResult.imageOf(UploadRig.BUCKET, key),
        new ObjectVersion(null, "e", null, 1),
        new ModelRef("echo", "first"),
        Instant.EPOCH,
        new Verdict.Classified(List.of(), 1, 1));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
