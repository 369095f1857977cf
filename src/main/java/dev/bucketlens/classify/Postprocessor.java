package dev.bucketlens.classify;

/** Turns the model's raw output into one score for each label. Thread-safe. */
final class Postprocessor {

  private final OutputSpec output;
  private final int labels;

  Postprocessor(OutputSpec output, int labels) {
    this.output = output;
    this.labels = labels;
  }

  /** Returns the scores in the order of the labels. */
  float[] scores(float[] raw) {
    float[] scores = expand(probabilities(raw));
    if (output.calibration().isPresent()) {
      for (int i = 0; i < scores.length; i++) {
        scores[i] = output.calibration().get().apply(i, scores[i]);
      }
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
    return scores.length == 1 && labels == 2 ? new float[] {1 - scores[0], scores[0]} : scores;
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
