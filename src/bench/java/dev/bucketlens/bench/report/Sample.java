package dev.bucketlens.bench.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Repetitions of one measurement: the median, and the quartiles as its spread.
 *
 * @param low the lower quartile
 * @param high the upper quartile
 */
public record Sample(double median, double low, double high) {

  public static Sample of(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("nothing was measured");
    }
    return new Sample(at(sorted, 0.5), at(sorted, 0.25), at(sorted, 0.75));
  }

  /** Between two measurements, the value in between. */
  private static double at(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  public static Sample of(double[] values) {
    return of(Arrays.stream(values));
  }
}
