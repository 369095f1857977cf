package dev.bucketlens.ingest;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.ingest.IngestMeter.Count;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.Verdict;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    Future<Verdict.Classified> score = threads.submit(() -> scoreAndCount(file));
    try {
      return score.get();
    } catch (InterruptedException e) {
      score.cancel(true);
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("time ran out while scoring");
      cancelled.initCause(e);
      throw cancelled;
    } catch (ExecutionException e) {
      throw rethrow(e.getCause());
    }
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

  private static RuntimeException rethrow(Throwable cause) throws ImageRejectedException {
    switch (cause) {
      case ImageRejectedException rejected -> throw rejected;
      case RuntimeException failure -> throw failure;
      case Error error -> throw error;
      default -> throw new IllegalStateException(cause);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
