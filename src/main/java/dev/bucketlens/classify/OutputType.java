package dev.bucketlens.classify;

import java.util.Locale;

/** What the numbers are that a model puts out. */
enum OutputType {
  /** Used as they are. */
  PROBABILITIES,

  /** Softmax is applied here; of a single output, the logistic function. */
  LOGITS,

  /** The logistic function is applied here to each: several labels can be right at once. */
  SIGMOID;

  /** Returns the manifest's word for it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
