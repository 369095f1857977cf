package dev.bucketlens.ingest;

import dev.bucketlens.ingest.IngestMeter.Measure;
import dev.bucketlens.results.ResultStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The upload path for a batch of events: downloads overlap scoring, each event fails alone, and
 * what cannot be done in time is handed back undone. Thread-safe.
 *
 * <p>Events of one image run one after the other, the latest first: the older ones then cost a look
 * at the table and no inference. Events of different images run at once, bounded by bytes.
 */
public final class BatchIngest implements AutoCloseable {
  /** Not enough to download, score and write one more photo. */
  private static final Duration START_RESERVE = Duration.ofSeconds(5);

  /** Enough to answer. */
  private static final Duration ANSWER_RESERVE = Duration.ofMillis(1500);

  private static final Comparator<ObjectEvent> LATEST_FIRST =
      Comparator.comparing(ObjectEvent::sequencer, Comparator.nullsLast(Comparator.reverseOrder()));

  private final Ingest ingest;
  private final PooledScorer scorer;
  private final Optional<ShadowTrial> shadow;
  private final IngestSettings settings;
  private final ByteBudget budget;
  private final IngestMeter meter;
  private final OutcomeCounts counts;

  /**
   * Wires the path together. Clients, scorer and shadow stay the caller's to close.
   *
   * @param shadow scores a sample behind the scorer; empty if there is none
   * @param clock stamps the results
   */
  public BatchIngest(
      S3Client s3,
      ResultStore store,
      PhotoScorer scorer,
      Optional<ShadowTrial> shadow,
      IngestSettings settings,
      IngestMeter meter,
      Clock clock) {
    this.scorer = new PooledScorer(scorer, settings.scorers(), meter);
    this.shadow = shadow;
    ObjectReader reader = new ObjectReader(s3, scorer.maxBytes());
    this.ingest = new Ingest(store, reader, this.scorer, settings.reviews(), meter, clock);
    this.settings = settings;
    this.budget = new ByteBudget(settings.bytesInFlight());
    this.meter = meter;
    this.counts = new OutcomeCounts(meter);
  }

  /**
   * Works off the events; the shadow comes after all of them.
   *
   * @return an outcome for each event, in the events' order
   * @throws Error if the JVM is broken in a way that more than one photo suffers from
   */
  public List<Outcome> ingest(List<ObjectEvent> events, Invocation invocation)
      throws InterruptedException {
    ShadowBatch sampled = shadow.map(ShadowTrial::newBatch).orElseGet(ShadowBatch::none);
    List<Outcome> outcomes = ingest(events, sampled, invocation);
    if (shadow.isPresent()) {
      shadow.get().score(sampled, invocation);
    }
    return outcomes;
  }

  private List<Outcome> ingest(List<ObjectEvent> events, ShadowBatch sampled, Invocation invocation)
      throws InterruptedException {
    AtomicReferenceArray<Outcome> outcomes = new AtomicReferenceArray<>(events.size());
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      List<Future<?>> running = new ArrayList<>();
      for (List<Integer> image : byImage(events)) {
        running.add(
            threads.submit(() ->
                image.forEach(
                    i -> outcomes.set(i, ingestOne(events.get(i), sampled, invocation)))));
      }
      for (Future<?> image : running) {
        await(image, invocation);
      }
    } finally {
      threads.shutdownNow();
    }
    return collect(events, outcomes);
  }

  /**
   * Whether a photo is still being scored. After {@link #ingest} has returned, that is one whose
   * event was handed back for want of time: native code cannot be interrupted, and its thread would
   * be missing to the next events.
   */
  public boolean isHeldUp() {
    return scorer.isScoring();
  }

  private static Collection<List<Integer>> byImage(List<ObjectEvent> events) {
    return IntStream.range(0, events.size())
        .boxed()
        .sorted(Comparator.comparing(events::get, LATEST_FIRST))
        .collect(Collectors.groupingBy(i -> events.get(i).image()))
        .values();
  }

  private static void await(Future<?> image, Invocation invocation) throws InterruptedException {
    try {
      image.get(invocation.leftBeyond(ANSWER_RESERVE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      // Its events have no outcome yet and are handed back; a late finish does no harm.
      image.cancel(true);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private List<Outcome> collect(List<ObjectEvent> events, AtomicReferenceArray<Outcome> outcomes) {
    Outcome[] all = new Outcome[events.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = outcomes.get(i) == null ? outOfTime(events.get(i)) : outcomes.get(i);
      counts.add(all[i]);
    }
    return Arrays.asList(all);
  }

  /**
   * Never throws an exception: one event's failure is its own.
   *
   * <p>That includes running out of memory. What asks for too much is the pixels of one photo; they
   * are garbage once the error has left the decoder, and the other photos of the batch go on.
   */
  private Outcome ingestOne(ObjectEvent event, ShadowBatch sampled, Invocation invocation) {
    if (!settings.bucket().equals(event.bucket())) {
      return failed(event, new ForeignBucketException(event.bucket()));
    }
    try (var _ = budget.take(event.bytesToRead(scorer.maxBytes()))) {
      return invocation.hasLessThan(START_RESERVE)
          ? outOfTime(event)
          : timed(event, sampled, invocation.requestId());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return outOfTime(event);
    } catch (RuntimeException | OutOfMemoryError e) {
      return failed(event, e);
    }
  }

  private Outcome timed(ObjectEvent event, ShadowBatch sampled, String requestId) {
    long start = System.nanoTime();
    Outcome outcome = ingest.ingest(event, sampled, requestId);
    if (outcome instanceof Outcome.Classified classified && classified.inferred()) {
      meter.record(Measure.TOTAL_TIME, Duration.ofNanos(System.nanoTime() - start));
    }
    return outcome;
  }

  private static Outcome outOfTime(ObjectEvent event) {
    return new Outcome.Failed(event, "time ran out before it was done", null);
  }

  private static Outcome failed(ObjectEvent event, Throwable cause) {
    return new Outcome.Failed(event, cause.toString(), cause);
  }

  @Override
  public void close() {
    scorer.close();
  }
}
