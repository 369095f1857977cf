package dev.bucketlens.results;

import java.util.List;
import java.util.Optional;

/**
 * Some results of a query.
 *
 * @param results in the query's order; can be fewer than asked for, even none, while there is a
 *     next page
 * @param next where to go on; empty after the last page
 */
public record ResultPage(List<ImageResult> results, Optional<PageKey> next) {
  /** Keeps its own copy of the results. */
  public ResultPage {
    results = List.copyOf(results);
  }
}
