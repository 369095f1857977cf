package dev.bucketlens.classify;

import java.util.Objects;

/**
 * How sure the model is of one label.
 *
 * @param label one of the model's labels
 * @param score from 0 to 1 for every model whose output is a probability; as the model gave it
 *     otherwise
 */
public record Score(String label, float score) {

  public Score {
    Objects.requireNonNull(label, "label");
  }
}
