package dev.bucketlens.bench;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that score one photo again and again. */
final class Workers {
  private static final ClassifyOptions TOP_5 = ClassifyOptions.defaults().withMaxResults(5);

  private final Classifier classifier;
  private final byte[] photo;
  private final int threads;

  Workers(Classifier classifier, byte[] photo, int threads) {
    this.classifier = classifier;
    this.photo = photo;
    this.threads = threads;
  }

  /** Has all of them work for so long. */
  double photosPerSecond(Duration time) throws InterruptedException, ExecutionException {
    try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
      long start = System.nanoTime();
      Callable<Integer> work = () -> scoreUntil(start + time.toNanos());
      int photos = 0;
      for (Future<Integer> worker : pool.invokeAll(Collections.nCopies(threads, work))) {
        photos += worker.get();
      }
      return photos / ((System.nanoTime() - start) / 1e9);
    }
  }

  private int scoreUntil(long end) throws Exception {
    int photos = 0;
    while (System.nanoTime() < end) {
      classifier.classify(photo, TOP_5);
      photos++;
    }
    return photos;
  }
}
