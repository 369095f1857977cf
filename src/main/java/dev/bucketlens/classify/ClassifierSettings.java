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
 */
public record ClassifierSettings(int interpreters, int threads, ImageLimits limits) {

  public ClassifierSettings {
    requireAtLeastOne("interpreters", interpreters);
    requireAtLeastOne("threads", threads);
    Objects.requireNonNull(limits, "limits");
  }

  /** One image at a time on every processor, as a Lambda function works; the usual limits. */
  public static ClassifierSettings defaults() {
    return new ClassifierSettings(
        1, Runtime.getRuntime().availableProcessors(), ImageLimits.defaults());
  }

  private static void requireAtLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1.");
    }
  }
}
