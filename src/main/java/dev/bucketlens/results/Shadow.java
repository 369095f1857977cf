package dev.bucketlens.results;

import dev.bucketlens.Score;
import java.util.Objects;
import java.util.Optional;

/**
 * What a second model says of the same content, beside the verdict and without a part in it.
 *
 * @param best its best score; empty if none was kept
 */
public record Shadow(ModelRef model, Optional<Score> best) {
  /** Both parts are needed. */
  public Shadow {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(best, "best");
  }

  /** Whether it has the same best label as {@code verdict}, or neither has one. */
  public boolean agreesWith(Verdict verdict) {
    return best.map(Score::label).equals(verdict.best().map(Score::label));
  }
}
