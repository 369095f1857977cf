package dev.bucketlens;

import java.util.Objects;

/**
 * How sure the model is of one label: what the classifier gives, the table keeps and the API
 * answers.
 *
 * @param label one of the model's labels
 * @param score finite; from 0 to 1 for every model whose output is a probability, as the model gave
 *     it otherwise
 */
public record Score(String label, float score) {
  /** Refuses scores that neither JSON nor the table can hold. */
  public Score {
    Objects.requireNonNull(label, "label");
    if (!Float.isFinite(score)) {
      throw new IllegalArgumentException(
          "score of " + label + " is " + score + "; expected finite");
    }
  }
}
