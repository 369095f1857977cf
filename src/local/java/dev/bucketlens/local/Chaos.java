package dev.bucketlens.local;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

/**
 * What a message queue may do to events, on purpose: deliver twice, out of order, or to a function
 * that fails; and how often it was done. Thread-safe.
 */
final class Chaos {

  private final double duplicate;
  private final boolean reorder;
  private final double fail;
  private final Random random;

  private final LongAdder duplicated = new LongAdder();
  private final LongAdder shuffled = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /**
   * @param duplicate share of events that are queued twice, 0 to less than 1
   * @param reorder whether the messages of a batch are shuffled
   * @param fail share of deliveries that are failed before the function sees them, 0 to less than 1
   */
  Chaos(double duplicate, boolean reorder, double fail, Random random) {
    this.duplicate = requireShare("chaos.duplicate", duplicate);
    this.reorder = reorder;
    this.fail = requireShare("chaos.fail", fail);
    this.random = random;
  }

  boolean isOn() {
    return duplicate > 0 || reorder || fail > 0;
  }

  /** Decides for one event. */
  boolean duplicates() {
    return count(duplicated, random.nextDouble() < duplicate);
  }

  /** Decides for one delivery. */
  boolean fails() {
    return count(failed, random.nextDouble() < fail);
  }

  /** The batch, in the order in which it is to be delivered. */
  <T> List<T> order(List<T> batch) {
    if (!count(shuffled, reorder && batch.size() > 1)) {
      return batch;
    }
    List<T> order = new ArrayList<>(batch);
    Collections.shuffle(order, random);
    return order;
  }

  /** What was done so far, in words. */
  String counts() {
    return "%d events queued twice, %d batches shuffled, %d deliveries failed"
        .formatted(duplicated.sum(), shuffled.sum(), failed.sum());
  }

  private static boolean count(LongAdder counter, boolean happens) {
    if (happens) {
      counter.increment();
    }
    return happens;
  }

  private static double requireShare(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "-D" + name + "=" + value + ": expected a share from 0 to less than 1, such as 0.2.");
    }
    return value;
  }
}
