package dev.bucketlens.classify;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * The numbers from {@code low} to {@code high}, both included; either may be infinite.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Interval_arithmetic">interval arithmetic</a>
 */
record Interval(double low, double high) {

  static final Interval ALL = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Returns the least interval with all of these numbers; empty if one is none. */
  static Optional<Interval> of(double... values) {
    return values.length == 0 || Arrays.stream(values).anyMatch(Double::isNaN)
        ? Optional.empty()
        : Optional.of(
            new Interval(
                Arrays.stream(values).min().getAsDouble(),
                Arrays.stream(values).max().getAsDouble()));
  }

  Interval plus(Interval other) {
    return of(low + other.low, high + other.high).orElse(ALL);
  }

  Interval minus(Interval other) {
    return plus(new Interval(-other.high, -other.low));
  }

  Interval times(Interval other) {
    return of(DoubleStream.of(low, high)
            .flatMap(it -> DoubleStream.of(it * other.low, it * other.high))
            .toArray())
        .orElse(ALL);
  }

  /** Returns the quotients; all numbers, if 0 may be what is divided by. */
  Interval over(Interval divisor) {
    return divisor.low > 0 || divisor.high < 0
        ? times(new Interval(1 / divisor.high, 1 / divisor.low))
        : ALL;
  }

  Interval min(Interval other) {
    return new Interval(Math.min(low, other.low), Math.min(high, other.high));
  }

  Interval max(Interval other) {
    return new Interval(Math.max(low, other.low), Math.max(high, other.high));
  }

  /** Returns what each number becomes that is moved into {@code bounds}. */
  Interval within(Interval bounds) {
    return min(new Interval(bounds.high, bounds.high)).max(new Interval(bounds.low, bounds.low));
  }

  /** Returns the least interval with both. */
  Interval and(Interval other) {
    return new Interval(Math.min(low, other.low), Math.max(high, other.high));
  }
}
