package dev.bucketlens.results;

import java.util.Objects;

/**
 * One label with the model's score for it.
 *
 * @param score finite; 0 to 1 for models that give probabilities
 */
public record LabelScore(String label, float score) {
  /** Refuses scores that the table cannot hold. */
  public LabelScore {
    Objects.requireNonNull(label, "label");
    if (!Float.isFinite(score)) {
      throw new IllegalArgumentException(
          "score of " + label + " is " + score + "; expected finite");
    }
  }
}
