package dev.bucketlens.classify;

import dev.bucketlens.Score;
import dev.bucketlens.image.ImageInfo;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the model says of one image.
 *
 * @param scores highest first, equal ones in the model's label order; those that passed the
 *     options, so perhaps none
 * @param confidence the highest score of all labels, whether it passed the options or not
 * @param image what the file held
 * @param timings where the time went
 * @param warnings sentences about damage that the decoder tolerated
 */
public record Classification(
    List<Score> scores, float confidence, ImageInfo image, Timings timings, List<String> warnings) {

  public Classification {
    scores = List.copyOf(scores);
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(timings, "timings");
    warnings = List.copyOf(warnings);
  }

  /** Returns the highest score, if any passed the options. */
  public Optional<Score> best() {
    return scores.stream().findFirst();
  }
}
