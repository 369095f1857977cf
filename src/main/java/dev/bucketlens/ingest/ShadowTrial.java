package dev.bucketlens.ingest;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.ingest.IngestMeter.Count;
import dev.bucketlens.ingest.IngestMeter.Measure;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Shadow;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A second model on trial: it scores a sample of what the first has scored, when all of that is in
 * the table, and its answer is only noted. Whatever goes wrong with it is counted, and is nobody's
 * failure. Thread-safe.
 *
 * <p>It has one thread of its own. A run that does not end in time is left behind, and until it has
 * ended the sample is skipped.
 */
public final class ShadowTrial implements AutoCloseable {
  private static final Logger LOG = System.getLogger(ShadowTrial.class.getName());

  /** Not enough to score and note one more photo before the answer is due. */
  private static final Duration START_RESERVE = Duration.ofSeconds(5);

  private static final Duration ANSWER_RESERVE = Duration.ofSeconds(2);

  private final Supplier<PhotoScorer> scorer;
  private final ShadowSample sample;
  private final ResultStore store;
  private final IngestMeter meter;
  private final ThreadPoolExecutor thread;

  /**
   * A trial of the model behind {@code scorer}, which is asked for when the first photo needs it.
   */
  public ShadowTrial(
      Supplier<PhotoScorer> scorer, ShadowSample sample, ResultStore store, IngestMeter meter) {
    this.scorer = scorer;
    this.sample = sample;
    this.store = store;
    this.meter = meter;
    this.thread =
        new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.MINUTES,
            new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("shadow").factory());
  }

  /** What of one batch is to be scored. */
  ShadowBatch newBatch() {
    return new ShadowBatch(sample, meter);
  }

  /** Scores what the batch holds, as long as there is time. */
  void score(ShadowBatch batch, Invocation invocation) throws InterruptedException {
    for (ShadowBatch.Scored scored : batch.drain()) {
      if (invocation.hasLessThan(START_RESERVE) || thread.getActiveCount() > 0) {
        meter.add(Count.SHADOW_SKIPPED);
      } else {
        meter.add(score(scored, invocation));
      }
    }
  }

  private Count score(ShadowBatch.Scored scored, Invocation invocation)
      throws InterruptedException {
    Future<Count> run = thread.submit(() -> compare(scored.result(), scored.file()));
    try {
      return run.get(invocation.leftBeyond(ANSWER_RESERVE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      run.cancel(true);
      LOG.log(Level.WARNING, "The shadow model did not answer in time");
      return Count.SHADOW_FAILED;
    } catch (ExecutionException e) {
      LOG.log(Level.WARNING, "The shadow model failed: " + e.getCause());
      return Count.SHADOW_FAILED;
    }
  }

  private Count compare(ImageResult result, byte[] file) throws ImageRejectedException {
    long start = System.nanoTime();
    PhotoScorer model = scorer.get();
    Shadow shadow = new Shadow(model.model(), model.score(file).best());
    meter.record(Measure.SHADOW_TIME, Duration.ofNanos(System.nanoTime() - start));
    store.addShadow(result, shadow);
    return shadow.agreesWith(result.verdict()) ? Count.SHADOW_AGREED : Count.SHADOW_DISAGREED;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
