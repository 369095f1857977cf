package dev.bucketlens.classify;

import dev.bucketlens.image.ImageLimits;
import java.util.Objects;

/**
 * How a classifier works, apart from the model.
 *
 * @param interpreters how many images can be inferred at once, 1 or more; each holds its own copy
 *     of the model's working memory
 * @param threads how many threads share one inference, 1 or more
 * @param limits the images that are accepted
 * @param reducedDecoding whether large photos are decoded at a fraction of their size, never below
 *     what the model sees: much faster, and scores differ slightly; false compares with Python
 */
public record ClassifierSettings(
    int interpreters, int threads, ImageLimits limits, boolean reducedDecoding) {

  public ClassifierSettings {
    requireAtLeastOne("interpreters", interpreters);
    requireAtLeastOne("threads", threads);
    Objects.requireNonNull(limits, "limits");
  }

  /** With reduced decoding. */
  public ClassifierSettings(int interpreters, int threads, ImageLimits limits) {
    this(interpreters, threads, limits, true);
  }

  /**
   * One image at a time on one thread, and the usual limits. Threads of one run wait for each other
   * by spinning: with two of them the default model takes 3 ms instead of 5 on two idle cores, but
   * 300 instead of 15 where other work wants the cores, or where they are only lent for slices of
   * time, as those of a small Lambda function are.
   */
  public static ClassifierSettings defaults() {
    return new ClassifierSettings(1, 1, ImageLimits.defaults());
  }

  /** The same, but every photo is decoded in full. */
  public ClassifierSettings withFullDecoding() {
    return new ClassifierSettings(interpreters, threads, limits, false);
  }

  /** The same for one image at a time. */
  public ClassifierSettings withOneInterpreter() {
    return new ClassifierSettings(1, threads, limits, reducedDecoding);
  }

  private static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1.");
    }
  }
}
