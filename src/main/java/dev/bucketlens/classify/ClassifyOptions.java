package dev.bucketlens.classify;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Which of the ranked scores a caller wants. All filters apply together: a score is returned if it
 * reaches the minimum, passes the label list, and is among the first {@code maxResults} of those
 * that do.
 *
 * @param maxResults how many scores at most, 1 or more; {@link #ALL} for every label
 * @param minScore the lowest score to return, from 0 to 1; {@link #MODEL_THRESHOLD} leaves the
 *     choice to the model, whose manifest or metadata may set one
 * @param include if not empty, the only labels to return
 * @param exclude labels never to return; not together with {@code include}
 */
public record ClassifyOptions(
    int maxResults, float minScore, Set<String> include, Set<String> exclude) {

  /** As {@code maxResults}: no limit. */
  public static final int ALL = Integer.MAX_VALUE;

  /** As {@code minScore}: the model's own threshold, which is 0 unless the model says otherwise. */
  public static final float MODEL_THRESHOLD = -1;

  /**
   * @throws InvalidOptionsException if a number is out of range, or if both lists are given
   */
  public ClassifyOptions {
    if (maxResults < 1) {
      throw new InvalidOptionsException("maxResults is " + maxResults + "; it must be at least 1.");
    }
    if (minScore != MODEL_THRESHOLD && !(minScore >= 0 && minScore <= 1)) {
      throw new InvalidOptionsException(
          "minScore is " + minScore + "; it must be a number from 0 to 1.");
    }
    include = Set.copyOf(include);
    exclude = Set.copyOf(exclude);
    if (!include.isEmpty() && !exclude.isEmpty()) {
      throw new InvalidOptionsException(
          "include and exclude are both given; give the labels to return or the labels to leave"
              + " out.");
    }
  }

  /** Every label, down to the model's own threshold. */
  public static ClassifyOptions defaults() {
    return new ClassifyOptions(ALL, MODEL_THRESHOLD, Set.of(), Set.of());
  }

  /** At most so many scores, best first; 1 or more. */
  public ClassifyOptions withMaxResults(int newMaxResults) {
    return new ClassifyOptions(newMaxResults, minScore, include, exclude);
  }

  /** Scores from this one on, 0 to 1. */
  public ClassifyOptions withMinScore(float newMinScore) {
    return new ClassifyOptions(maxResults, newMinScore, include, exclude);
  }

  /** These labels only; none means all. */
  public ClassifyOptions withInclude(Set<String> labels) {
    return new ClassifyOptions(maxResults, minScore, labels, exclude);
  }

  /** All labels but these. */
  public ClassifyOptions withExclude(Set<String> labels) {
    return new ClassifyOptions(maxResults, minScore, include, labels);
  }

  /**
   * These options for a model that may have other labels than the one that they were made for. A
   * list keeps the labels that this model has; one of which it has none is left out.
   *
   * @param labels all labels of the model
   */
  public ClassifyOptions forLabels(Collection<String> labels) {
    return withInclude(common(include, labels)).withExclude(common(exclude, labels));
  }

  private static Set<String> common(Set<String> list, Collection<String> labels) {
    Set<String> known = new HashSet<>(list);
    known.retainAll(labels);
    return known;
  }
}
