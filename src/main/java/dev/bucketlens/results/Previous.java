package dev.bucketlens.results;

import dev.bucketlens.Score;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What another bundle had found in the same content before.
 *
 * @param status {@link Status#CLASSIFIED} or {@link Status#REJECTED}
 * @param best its best score; empty if none was kept, or if it was a rejection
 * @param classifiedAt when that verdict was reached
 */
public record Previous(ModelRef model, Status status, Optional<Score> best, Instant classifiedAt) {
  /** A verdict always has a model. */
  public Previous {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(best, "best");
    Objects.requireNonNull(classifiedAt, "classifiedAt");
  }

  static Previous of(ImageResult result) {
    return new Previous(
        result.model(), result.status(), result.verdict().best(), result.classifiedAt());
  }

  /** Whether {@code verdict} has another best label, or one of the two has none. */
  public boolean differsFrom(Verdict verdict) {
    return !best.map(Score::label).equals(verdict.best().map(Score::label));
  }
}
