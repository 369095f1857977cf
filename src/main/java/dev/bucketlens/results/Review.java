package dev.bucketlens.results;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** What people are asked to say of an image, or said. A sure image has none, and is in no queue. */
public sealed interface Review {

  /** Whether the image belongs to the random share by which the true accuracy is estimated. */
  boolean sampled();

  /** The word for it in the index. */
  State state();

  /** Its place in the index. */
  double order();

  /** Where an image is in the index of reviews. */
  enum State {
    /** It waits for a reviewer. */
    OPEN,
    /** A reviewer said what it shows. */
    DONE
  }

  /**
   * In the queue.
   *
   * @param order lower is asked first: the best score; less than zero for the random share, which
   *     is asked before all others and in random order
   */
  record Open(double order) implements Review {
    @Override
    public boolean sampled() {
      return order < 0;
    }

    @Override
    public State state() {
      return State.OPEN;
    }
  }

  /**
   * Reviewed.
   *
   * @param label what the image shows; null if none of the labels fits
   * @param known whether the label is one of the model's; true for none
   * @param by who said so
   * @param at when, in whole milliseconds
   */
  record Done(String label, boolean known, String by, Instant at, boolean sampled)
      implements Review {
    /** Cuts the time to what the table keeps. */
    public Done {
      Objects.requireNonNull(by, "by");
      at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** The same, of an image of the random share. */
    Done ofSample() {
      return new Done(label, known, by, at, true);
    }

    @Override
    public State state() {
      return State.DONE;
    }

    /** Milliseconds since 1970. */
    @Override
    public double order() {
      return at.toEpochMilli();
    }
  }
}
