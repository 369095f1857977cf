package dev.bucketlens.classify;

import java.util.Map;

/**
 * What was measured on photos that a model was not trained on: the yardstick for what it says of
 * those that come, of which nobody knows the truth. Where scores are calibrated, the mean best
 * score is the expected accuracy.
 *
 * @param photos how many there were
 * @param confidence their mean best score, 0 to 1
 * @param lowConfidence the share of them whose best score was below {@code lowConfidenceBelow}
 * @param lowConfidenceBelow what counts as a low best score, 0 to 1
 * @param labels the share of each best label; labels that never were the best may be missing
 */
public record Validation(
    int photos,
    double confidence,
    double lowConfidence,
    double lowConfidenceBelow,
    Map<String, Double> labels) {

  public Validation {
    labels = Map.copyOf(labels);
  }

  /** Whether a best score of this height counts as low. */
  public boolean isLow(double score) {
    return score < lowConfidenceBelow;
  }
}
