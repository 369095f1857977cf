package dev.bucketlens.ingest;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.ingest.IngestMeter.Count;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.Verdict;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Scores on a few platform threads. A virtual thread in native code keeps its carrier, and on two
 * processors two photos being decoded would stop every download.
 */
final class PooledScorer implements PhotoScorer, AutoCloseable {
  private final PhotoScorer scorer;
  private final IngestMeter meter;
  private final ExecutorService threads;
  private final AtomicInteger scoring = new AtomicInteger();

  PooledScorer(PhotoScorer scorer, int threads, IngestMeter meter) {
    this.scorer = scorer;
    this.meter = meter;
    this.threads =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("scorer-", 1).factory());
  }

  @Override
  public ModelRef model() {
    return scorer.model();
  }

  @Override
  public long maxBytes() {
    return scorer.maxBytes();
  }

  @Override
  public Verdict.Classified score(byte[] file) throws ImageRejectedException {
    return Await.result(
        threads.submit(() -> scoreAndCount(file)), "scoring", ImageRejectedException.class);
  }

  private Verdict.Classified scoreAndCount(byte[] file) throws ImageRejectedException {
    scoring.incrementAndGet();
    try {
      Verdict.Classified verdict = scorer.score(file);
      meter.add(Count.INFERENCES);
      return verdict;
    } finally {
      scoring.decrementAndGet();
    }
  }

  /** Whether a thread is at work, also for a caller who has given up. */
  boolean isScoring() {
    return scoring.get() > 0;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
