package dev.bucketlens.api;

/**
 * Where the true share lies, with 95 % confidence, when some of a random sample succeeded: E. B.
 * Wilson's score interval (1927), which holds for few observations and for shares near 0 and 1.
 */
record WilsonInterval(double low, double high) {
  /** The 97.5th percentile of the normal distribution. */
  private static final double Z = 1.959964;

  /**
   * The interval.
   *
   * @param count of observations, 1 or more
   * @param successes of them
   */
  static WilsonInterval of(int successes, int count) {
    double share = (double) successes / count;
    double denominator = 1 + Z * Z / count;
    double centre = share + Z * Z / (2 * count);
    double half = Z * Math.sqrt(share * (1 - share) / count + Z * Z / (4.0 * count * count));
    return new WilsonInterval(
        Math.max(0, (centre - half) / denominator), Math.min(1, (centre + half) / denominator));
  }
}
