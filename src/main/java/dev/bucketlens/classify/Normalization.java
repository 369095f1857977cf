package dev.bucketlens.classify;

import java.util.List;

/**
 * From a pixel's level to the real number that the model was trained on: 0 to 255 is mapped
 * linearly to {@code low} to {@code high}, then {@code (value - mean) / std}.
 *
 * @param mean for each channel in the order of the tensor, or one for all
 * @param std likewise; never 0
 */
record Normalization(double low, double high, List<Double> mean, List<Double> std) {

  private static final double BRIGHTEST = 255;

  Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
  }

  /** Returns what a level of 0 to 255 means in a channel. */
  double apply(int channel, int level) {
    double value = low + level * (high - low) / BRIGHTEST;
    return (value - of(mean, channel)) / of(std, channel);
  }

  private static double of(List<Double> values, int channel) {
    return values.get(values.size() == 1 ? 0 : channel);
  }
}
