package dev.bucketlens.classify;

/** The logistic function. */
final class Sigmoid {

  private Sigmoid() {}

  /** Returns 1 / (1 + e^-x), computed so that no power overflows. */
  static double of(double x) {
    double power = Math.exp(-Math.abs(x));
    return x >= 0 ? 1 / (1 + power) : power / (1 + power);
  }
}
