package dev.bucketlens.results;

import java.util.Objects;

/**
 * Where a page of a query ended. Only good for the query that it came from.
 *
 * @param partition the index partition: a label, a day as yyyy-MM-dd, or the state of reviews
 * @param sort the index sort key of the last item read: a score, a time, or the order of reviews;
 *     null if the partition is still to be read from its start
 * @param image the last item read; null exactly if {@code sort} is
 */
public record PageKey(String partition, String sort, String image) {
  /** Refuses half a position. */
  public PageKey {
    Objects.requireNonNull(partition, "partition");
    if ((sort == null) != (image == null)) {
      throw new IllegalArgumentException("a page key needs both sort and image, or neither");
    }
  }

  static PageKey startOf(String partition) {
    return new PageKey(partition, null, null);
  }
}
