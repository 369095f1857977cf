package dev.bucketlens.classify;

import dev.bucketlens.Score;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Picks and orders the scores that a caller wants. Thread-safe. */
final class Ranking {

  private final List<String> labels;
  private final Set<String> known;
  private final float modelThreshold;

  Ranking(List<String> labels, float modelThreshold) {
    this.labels = labels;
    this.known = Set.copyOf(labels);
    this.modelThreshold = modelThreshold;
  }

  /**
   * Fails if a list names a label that the model does not have: it would silently never match.
   *
   * @throws InvalidOptionsException naming the labels
   */
  void check(ClassifyOptions options) {
    requireKnown("include", options.include());
    requireKnown("exclude", options.exclude());
  }

  /** Returns the wanted scores, highest first; equal ones stay in the order of the labels. */
  List<Score> rank(float[] scores, ClassifyOptions options) {
    float minimum =
        options.minScore() == ClassifyOptions.MODEL_THRESHOLD ? modelThreshold : options.minScore();
    return IntStream.range(0, scores.length)
        .filter(i -> scores[i] >= minimum && isWanted(labels.get(i), options))
        .boxed()
        .sorted((a, b) -> Float.compare(scores[b], scores[a]))
        .limit(options.maxResults())
        .map(i -> new Score(labels.get(i), scores[i]))
        .toList();
  }

  private static boolean isWanted(String label, ClassifyOptions options) {
    return options.include().isEmpty()
        ? !options.exclude().contains(label)
        : options.include().contains(label);
  }

  private void requireKnown(String option, Set<String> wanted) {
    Set<String> unknown = new HashSet<>(wanted);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new InvalidOptionsException(
          "%s names %s, which the model does not know; it knows %d labels, such as \"%s\"."
              .formatted(
                  option,
                  String.join(
                      ", ", unknown.stream().sorted().map(label -> "\"" + label + "\"").toList()),
                  labels.size(),
                  labels.getFirst()));
    }
  }
}
