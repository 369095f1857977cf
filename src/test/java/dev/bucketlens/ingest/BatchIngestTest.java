package dev.bucketlens.ingest;

import static dev.bucketlens.testing.UploadRig.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.ingest.IngestMeter.Count;
import dev.bucketlens.testing.EchoScorer;
import dev.bucketlens.testing.UploadRig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What holds for a batch as a whole: overlap, bounds, and running out of time. */
class BatchIngestTest {
  @AutoClose private static final UploadRig rig = new UploadRig();
  private final EchoScorer scorer = new EchoScorer("m1");
  @AutoClose private final BatchIngest ingest = rig.ingest(scorer);

  @Test
  void ingest_shouldScoreTwoAtOnce_whenThereAreTwoScorers() {
    CyclicBarrier both = new CyclicBarrier(2);
    // Hangs, and fails by the time-out of the build, if they run one after the other.
    scorer.before(() -> meet(both));

    assertThat(deliver(ingest, events("at once ", 4)))
        .hasSize(4)
        .hasOnlyElementsOfType(Outcome.Classified.class);
  }

  @Test
  void ingest_shouldNeverScoreMoreAtOnce_whateverTheBatch() {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    scorer.before(() -> {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      now.decrementAndGet();
    });

    assertThat(deliver(ingest, events("bounded ", 40))).hasSize(40);
    assertThat(most).hasValueLessThanOrEqualTo(2);
  }

  @Test
  void ingest_shouldAnswerInOrder_whateverFinishesFirst() {
    ObjectEvent[] events = events("ordered ", 12);

    assertThat(deliver(ingest, events)).extracting(Outcome::event).containsExactly(events);
  }

  @Test
  void ingest_shouldStartNothing_whenTimeHasRunOut() throws InterruptedException {
    int before = rig.meter().get(Count.INFERENCES);
    List<ObjectEvent> events = List.of(events("too late ", 5));

    assertThat(ingest.ingest(events, new Invocation(UploadRig.REQUEST_ID, () -> 3_000)))
        .hasSize(5)
        .allSatisfy(outcome ->
            assertThat(outcome)
                .isInstanceOfSatisfying(
                    Outcome.Failed.class,
                    f -> assertThat(f.reason()).isEqualTo("time ran out before it was done")));
    assertThat(rig.meter().get(Count.INFERENCES)).isEqualTo(before);
    assertThat(rig.item("too late 0")).isEmpty();
  }

  @Test
  void ingest_shouldHandBackWhatHangs_beforeTimeRunsOut() throws InterruptedException {
    CountDownLatch scoring = new CountDownLatch(1);
    CountDownLatch forEver = new CountDownLatch(1);
    ObjectEvent hanging = rig.put("hanging", "dog");
    scorer.before(() -> {
      scoring.countDown();
      await(forEver);
    });
    Thread caller = Thread.currentThread();
    // Time enough to start, and nearly none left once the photo is being scored.
    Invocation invocation =
        new Invocation(
            UploadRig.REQUEST_ID,
            () -> {
              if (Thread.currentThread() != caller) {
                return 60_000;
              }
              await(scoring);
              return 1_600;
            });

    List<Outcome> outcomes = ingest.ingest(List.of(hanging), invocation);

    assertThat(outcomes).hasOnlyElementsOfType(Outcome.Failed.class);
    scorer.before(() -> {});
    forEver.countDown();
    assertThat(deliver(ingest, hanging).getFirst())
        .isInstanceOfAny(Outcome.Classified.class, Outcome.Duplicate.class);
  }

  @Test
  void take_shouldBoundBytesAndFiles_whateverTheirSizes() throws InterruptedException {
    ByteBudget budget = new ByteBudget(1024 * 1024);
    List<ByteBudget.Share> shares = new ArrayList<>();
    for (int i = 0; i < ByteBudget.MOST_FILES; i++) {
      shares.add(budget.take(1));
    }
    CountDownLatch taken = new CountDownLatch(1);
    Thread large =
        Thread.startVirtualThread(() -> {
          try (var _ = budget.take(5 * 1024 * 1024)) {
            taken.countDown();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    for (ByteBudget.Share share : shares) {
      assertThat(taken.getCount()).isEqualTo(1);
      share.close();
    }
    large.join();
    assertThat(taken.getCount()).isZero();
  }

  private static ObjectEvent[] events(String prefix, int count) {
    ObjectEvent[] events = new ObjectEvent[count];
    for (int i = 0; i < count; i++) {
      events[i] = rig.put(prefix + i, "cat " + i);
    }
    return events;
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
