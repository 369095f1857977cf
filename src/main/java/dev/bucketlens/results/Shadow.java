package dev.bucketlens.results;

import java.util.Objects;
import java.util.Optional;

/**
 * What a second model says of the same content, beside the verdict and without a part in it.
 *
 * @param best its best score; empty if none was kept
 */
public record Shadow(ModelRef model, Optional<LabelScore> best) {
  /** Both parts are needed. */
  public Shadow {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(best, "best");
  }

  /** Whether it has the same best label as {@code verdict}, or neither has one. */
  public boolean agreesWith(Verdict verdict) {
    return best.map(LabelScore::label).equals(verdict.best().map(LabelScore::label));
  }
}
