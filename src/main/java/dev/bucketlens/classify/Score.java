package dev.bucketlens.classify;

import java.util.Objects;

/**
 * How sure the model is of one label.
 *
 * @param label one of the model's labels
 * @param score from 0 to 1
 */
public record Score(String label, float score) {

  public Score {
    Objects.requireNonNull(label, "label");
  }
}
