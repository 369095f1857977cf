package dev.bucketlens.api;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ResultPage;
import dev.bucketlens.results.ResultQuery;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Status;
import java.time.Clock;
import java.util.List;

/**
 * The newest classified images, as what is counted over many of them reads them: {@value #MOST} at
 * most, and again when they are no longer {@link Recent}. Thread-safe.
 */
final class NewestImages {
  static final int MOST = 1000;

  private final Recent<Read> recent;

  NewestImages(ResultStore results, Clock clock) {
    this.recent = new Recent<>(() -> read(results), clock);
  }

  /**
   * What was read.
   *
   * @param images newest first
   * @param complete whether there are no older ones
   */
  record Read(List<ImageResult> images, boolean complete) {}

  Read read() {
    return recent.get();
  }

  private static Read read(ResultStore results) {
    ResultQuery query = ResultQuery.newest(ResultQuery.MAX_LIMIT).withStatus(Status.CLASSIFIED);
    ResultPage newest = results.first(MOST, query);
    return new Read(newest.results(), newest.next().isEmpty());
  }
}
