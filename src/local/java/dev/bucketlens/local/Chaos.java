package dev.bucketlens.local;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What a message queue may do to events, on purpose: deliver twice, out of order, or to a function
 * that fails. Thread-safe.
 *
 * @param duplicate share of events that are queued twice, 0 to 1
 * @param reorder whether the messages of a batch are shuffled
 * @param fail share of deliveries that are failed before the function sees them, 0 to 1
 */
record Chaos(double duplicate, boolean reorder, double fail, Random random) {

  Chaos {
    requireShare("chaos.duplicate", duplicate);
    requireShare("chaos.fail", fail);
  }

  static Chaos none() {
    return new Chaos(0, false, 0, new Random());
  }

  boolean any() {
    return duplicate > 0 || reorder || fail > 0;
  }

  boolean duplicates() {
    return random.nextDouble() < duplicate;
  }

  boolean fails() {
    return random.nextDouble() < fail;
  }

  <T> List<T> order(List<T> batch) {
    if (!reorder) {
      return batch;
    }
    List<T> shuffled = new ArrayList<>(batch);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private static void requireShare(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "-D" + name + "=" + value + ": expected a share from 0 to less than 1, such as 0.2.");
    }
  }
}
