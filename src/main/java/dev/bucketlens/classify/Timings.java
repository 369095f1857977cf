package dev.bucketlens.classify;

import java.time.Duration;

/**
 * Where the time of one classification went.
 *
 * @param decode file bytes to upright pixels at the model's size
 * @param preprocess pixels to the input tensor
 * @param inference one run of the model, including the wait for a free interpreter
 */
public record Timings(Duration decode, Duration preprocess, Duration inference) {

  /** Returns the sum of the parts. */
  public Duration total() {
    return decode.plus(preprocess).plus(inference);
  }
}
