package dev.bucketlens.results;

import java.util.Objects;

/**
 * Where a page of a query ended. Only good for the query that it came from.
 *
 * @param partition the index partition: a label, or a day as yyyy-MM-dd
 * @param sort the index sort key of the last item read: a score, or a time; null if the partition
 *     is still to be read from its start
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
