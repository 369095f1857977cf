package dev.bucketlens.api;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ResultPage;
import dev.bucketlens.results.ResultQuery;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The newest classified images, as what is counted over many of them reads them: {@value #MOST} at
 * most, and again after {@link #FRESH}. Exact counts would cost every upload a second write.
 * Thread-safe.
 */
final class NewestImages {

  static final int MOST = 1000;
  static final Duration FRESH = Duration.ofSeconds(30);

  private final ResultStore results;
  private final Clock clock;
  private final AtomicReference<Read> last = new AtomicReference<>();

  NewestImages(ResultStore results, Clock clock) {
    this.results = results;
    this.clock = clock;
  }

  /**
   * What was read.
   *
   * @param images newest first
   * @param complete whether there are no older ones
   */
  record Read(Instant at, List<ImageResult> images, boolean complete) {}

  Read read() {
    Instant now = clock.instant();
    Read known = last.get();
    if (known == null || known.at().plus(FRESH).isBefore(now)) {
      known = readAt(now);
      last.set(known);
    }
    return known;
  }

  private Read readAt(Instant now) {
    ResultQuery query = ResultQuery.newest(ResultQuery.MAX_LIMIT).withStatus(Status.CLASSIFIED);
    ResultPage page = results.query(query);
    List<ImageResult> images = new ArrayList<>(page.results());
    while (page.next().isPresent() && images.size() < MOST) {
      page = results.query(query.from(page.next().get()));
      images.addAll(page.results());
    }
    return new Read(now, List.copyOf(images), page.next().isEmpty());
  }
}
