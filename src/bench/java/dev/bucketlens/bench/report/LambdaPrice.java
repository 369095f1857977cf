package dev.bucketlens.bench.report;

/** What AWS asks for a function on x86-64 in us-east-1, before any discount. */
final class LambdaPrice {
  /** Dollars for a gigabyte of memory during a second. */
  private static final double GIGABYTE_SECOND = 0.0000166667;

  /** Dollars for a million invocations. */
  private static final double MILLION_REQUESTS = 0.20;

  private LambdaPrice() {}

  /** Dollars for a million photos, each an invocation of its own. */
  static double million(double milliseconds, int megabytes) {
    return milliseconds * 1e3 * megabytes / 1024 * GIGABYTE_SECOND + MILLION_REQUESTS;
  }
}
