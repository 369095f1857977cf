package dev.bucketlens.classify;

import java.util.List;

/**
 * Turns the model's raw output into one score from 0 to 1 for each label, or tells that it is none.
 * Thread-safe.
 */
final class Postprocessor {

  /** A step of 8 bits: what rounding may put below 0 or above 1. */
  private static final float TOLERANCE = 1 / 255f;

  private final OutputSpec output;
  private final List<String> labels;

  Postprocessor(OutputSpec output, List<String> labels) {
    this.output = output;
    this.labels = List.copyOf(labels);
  }

  /**
   * Returns the scores in the order of the labels.
   *
   * @throws UnusableScoresException if one is not a number from 0 to 1
   */
  float[] scores(float[] raw) throws UnusableScoresException {
    requireNoOverflow(raw);
    float[] scores = withinRange(expand(probabilities(raw)));
    if (output.calibration().isEmpty()) {
      return scores;
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] = output.calibration().get().apply(i, scores[i]);
    }
    return withinRange(scores);
  }

  /** A sum beyond float32 is no logit, though the logistic function would make a 1 of it. */
  private void requireNoOverflow(float[] raw) throws UnusableScoresException {
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == Float.POSITIVE_INFINITY) {
        throw new UnusableScoresException(
            "Infinity for \"%s\", of which no score can be made"
                .formatted(labels.get(raw.length == 1 ? labels.size() - 1 : i)));
      }
    }
  }

  /** Returns the scores, with those that only rounding has put outside at the end of the range. */
  private float[] withinRange(float[] scores) throws UnusableScoresException {
    for (int i = 0; i < scores.length; i++) {
      if (!(scores[i] >= -TOLERANCE && scores[i] <= 1 + TOLERANCE)) {
        throw new UnusableScoresException(
            "%s for \"%s\", where a score is a number from 0 to 1"
                .formatted(scores[i], labels.get(i)));
      }
      scores[i] = Math.clamp(scores[i], 0, 1);
    }
    return scores;
  }

  private float[] probabilities(float[] raw) {
    return switch (output.type()) {
      case PROBABILITIES -> raw.clone();
      case LOGITS -> raw.length == 1 ? sigmoid(raw) : softmax(raw);
      case SIGMOID -> sigmoid(raw);
    };
  }

  /** One output of a model with two labels is the probability of the second. */
  private float[] expand(float[] scores) {
    return scores.length == 1 && labels.size() == 2
        ? new float[] {1 - scores[0], scores[0]}
        : scores;
  }

  private static float[] sigmoid(float[] logits) {
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) Sigmoid.of(logits[i]);
    }
    return probabilities;
  }

  /** Relative to the largest logit, so that no power overflows. */
  private static float[] softmax(float[] logits) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    double sum = 0;
    double[] powers = new double[logits.length];
    for (int i = 0; i < logits.length; i++) {
      powers[i] = Math.exp((double) logits[i] - largest);
      sum += powers[i];
    }
    float[] probabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      probabilities[i] = (float) (powers[i] / sum);
    }
    return probabilities;
  }
}
