package dev.bucketlens.classify;

/** What the numbers are that a model puts out. */
enum OutputType {
  /** Used as they are. */
  PROBABILITIES,

  /** Softmax is applied here; of a single output, the logistic function. */
  LOGITS,

  /** The logistic function is applied here to each: several labels can be right at once. */
  SIGMOID
}
