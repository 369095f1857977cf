package dev.bucketlens.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.ingest.IngestMeter.Count;
import dev.bucketlens.ingest.ObjectEvent.Change;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.ReviewPolicy;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Status;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.testing.CountingMeter;
import dev.bucketlens.testing.EchoScorer;
import dev.bucketlens.testing.MemoryS3;
import dev.bucketlens.testing.TestTable;
import dev.bucketlens.testing.UploadRig;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random histories of a bucket, delivered at random: duplicated, out of order, late, while the
 * bucket changes on, by workers whose clocks disagree and some of whom fail. Whatever the schedule,
 * in the end the table must say of each key what the bucket shows.
 *
 * <p>A schedule is 500 changes over 50 keys. Each is told by its seed; {@code -Dschedules=1000}
 * runs more of them, {@code -Dschedules.seed} begins elsewhere.
 */
class ScheduleTest {
  private static final int CHANGES = 500;
  private static final int KEYS = 50;
  private static final int BATCH = 10;
  private static final double DUPLICATE = 0.2;
  private static final double FAIL = 0.1;

  private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private static TestTable table;

  @BeforeAll
  static void start() {
    table = TestTable.embedded();
  }

  @AfterAll
  static void stop() throws IOException {
    table.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void table_shouldShowWhatTheBucketShows_afterEverySchedule(boolean versioned)
      throws InterruptedException {
    long first = Long.getLong("schedules.seed", 20261120);
    int schedules = Integer.getInteger("schedules", 4) / 2;
    Tally total = new Tally();
    for (int i = 0; i < schedules; i++) {
      new Schedule(first + i, versioned).run(total);
    }
    System.out.printf(
        "Schedules (%s versions): %d; events delivered: %d; inferences: %d; items lost: 0%n",
        versioned ? "with" : "without", schedules, total.delivered, total.inferences);
  }

  /** The same on S3Proxy: what {@link MemoryS3} says of S3 has to be so. */
  @Test
  void table_shouldShowWhatTheBucketShows_whenTheBucketIsReal() throws IOException {
    Random random = new Random(7);
    try (UploadRig rig = new UploadRig();
        BatchIngest ingest = rig.ingest(new EchoScorer("m1"))) {
      Map<String, String> bucket = new TreeMap<>();
      List<ObjectEvent> events = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String key = "key " + random.nextInt(8);
        if (bucket.get(key) != null && random.nextInt(4) == 0) {
          events.add(rig.delete(key));
          bucket.put(key, null);
        } else {
          String text = "content " + random.nextInt(5);
          events.add(rig.put(key, text));
          bucket.put(key, text);
        }
        if (random.nextInt(3) == 0) {
          UploadRig.deliver(ingest, events.get(random.nextInt(events.size())));
        }
      }
      Collections.shuffle(events, random);
      assertThat(UploadRig.deliver(ingest, events.toArray(ObjectEvent[]::new)))
          .noneMatch(Outcome.Failed.class::isInstance);
      bucket.forEach(
          (key, text) -> assertThat(textOf(rig.item(key).orElseThrow())).isEqualTo(text));
      assertThat(rig.table().items()).hasSameSizeAs(bucket.keySet());
    }
  }

  private static String textOf(ImageResult result) {
    return switch (result.verdict()) {
      case Verdict.Classified classified -> classified.scores().getFirst().label();
      case Verdict.Rejected _ -> "bad";
      case Verdict.Deleted _ -> null;
    };
  }

  private static final class Tally {
    private int delivered;
    private int inferences;
  }

  /** One history and one way of delivering it. */
  private static final class Schedule {
    private final long seed;
    private final Random random;
    private final boolean versioned;
    private final MemoryS3 s3;
    private final String prefix;
    private final CountingMeter meter = new CountingMeter();
    private final EchoScorer scorer = new EchoScorer("m1");
    private final ResultStore store = table.store(Clock.systemUTC());
    private final List<BatchIngest> workers = new ArrayList<>();
    private final List<ObjectEvent> queue = new ArrayList<>();
    private final Set<String> touched = new TreeSet<>();

    /** Failures to come; drawn ahead, because scorers run in several threads. */
    private final ConcurrentLinkedQueue<Boolean> fails = new ConcurrentLinkedQueue<>();

    private int changes;
    private int delivered;

    Schedule(long seed, boolean versioned) {
      this.seed = seed;
      this.random = new Random(seed);
      this.versioned = versioned;
      this.s3 = new MemoryS3(versioned);
      this.prefix = seed + (versioned ? "-versioned/" : "/");
      for (int hours : new int[] {0, -3, 5}) {
        workers.add(
            new BatchIngest(
                s3,
                store,
                scorer,
                Optional.empty(),
                new IngestSettings("images", 2, 1_000_000, ReviewPolicy.OFF),
                meter,
                Clock.offset(Clock.systemUTC(), Duration.ofHours(hours))));
      }
      scorer.before(() -> {
        if (fails.poll() == null) {
          return;
        }
        throw new IllegalStateException("injected");
      });
    }

    void run(Tally total) throws InterruptedException {
      try {
        while (changes < CHANGES || !queue.isEmpty()) {
          if (changes < CHANGES && (queue.isEmpty() || random.nextInt(3) > 0)) {
            change();
          } else {
            deliver();
          }
        }
        check();
        total.delivered += delivered;
        total.inferences += meter.get(Count.INFERENCES);
      } finally {
        workers.forEach(BatchIngest::close);
      }
    }

    private void change() {
      String key = prefix + "key " + random.nextInt(KEYS);
      Sequencer sequencer = new Sequencer("00%X".formatted(0x5000 + changes++));
      touched.add(key);
      ObjectEvent event = changeOf(key, sequencer);
      queue.add(event);
      if (random.nextDouble() < DUPLICATE) {
        queue.add(event);
      }
      if (random.nextInt(20) == 0) {
        queue.add(ObjectEvent.lookUp("images", key, null));
      }
    }

    private ObjectEvent changeOf(String key, Sequencer sequencer) {
      int kind = random.nextInt(10);
      if (kind < 2) {
        return event(Change.REMOVED, key, s3.delete(key), null, sequencer);
      }
      if (kind < 4 && versioned) {
        String removed = s3.removeNewest(key);
        return event(
            removed == null ? Change.REMOVED : Change.VERSION_REMOVED,
            key,
            removed,
            null,
            sequencer);
      }
      String text = random.nextInt(10) == 0 ? "bad" : "content " + random.nextInt(6);
      return event(Change.CREATED, key, s3.put(key, text), text, sequencer);
    }

    private static ObjectEvent event(
        Change change, String key, String versionId, String text, Sequencer sequencer) {
      return new ObjectEvent(
          change,
          "images",
          key,
          versionId,
          text == null ? null : MemoryS3.eTag(text),
          text == null ? 0 : text.length(),
          sequencer);
    }

    /** Delivers two batches at once, drawn from anywhere in the queue; what fails goes back. */
    private void deliver() throws InterruptedException {
      List<Callable<List<Outcome>>> deliveries = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        List<ObjectEvent> batch = draw();
        BatchIngest worker = workers.get(random.nextInt(workers.size()));
        deliveries.add(() -> worker.ingest(batch, UploadRig.noHurry()));
      }
      for (Future<List<Outcome>> outcomes : THREADS.invokeAll(deliveries)) {
        for (Outcome outcome : outcomes.resultNow()) {
          if (outcome instanceof Outcome.Failed failed) {
            queue.add(failed.event());
          }
        }
      }
      fails.clear();
    }

    private List<ObjectEvent> draw() {
      List<ObjectEvent> batch = new ArrayList<>();
      for (int i = random.nextInt(BATCH) + 1; i > 0 && !queue.isEmpty(); i--) {
        batch.add(queue.remove(random.nextInt(queue.size())));
        if (random.nextDouble() < FAIL) {
          fails.add(true);
        }
      }
      delivered += batch.size();
      return batch;
    }

    private void check() {
      for (String key : touched) {
        ImageResult item =
            store.find(ImageResult.imageOf("images", key)).orElseThrow(() -> lost(key));
        assertThat(textOf(item)).as("seed %d, %s", seed, key).isEqualTo(s3.current(key));
        assertThat(item.status() == Status.DELETED).isEqualTo(s3.current(key) == null);
      }
    }

    private AssertionError lost(String key) {
      return new AssertionError("seed " + seed + ": no item of " + key);
    }
  }
}
