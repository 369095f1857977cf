package dev.bucketlens.fetch;

import java.time.Duration;

/**
 * What one fetch may cost.
 *
 * @param maxBytes longest body, counted after decompression
 * @param maxRedirects redirects followed; each target is checked like the first URL
 * @param connectTimeout for one connection attempt, name lookup not counted
 * @param deadline for everything from the name lookup to the last byte, redirects included
 */
public record FetchLimits(
    int maxBytes, int maxRedirects, Duration connectTimeout, Duration deadline) {

  /** Checks the ranges. */
  public FetchLimits {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes is " + maxBytes + "; it must be at least 1.");
    }
    if (maxRedirects < 0) {
      throw new IllegalArgumentException(
          "maxRedirects is " + maxRedirects + "; it must not be negative.");
    }
    if (!connectTimeout.isPositive() || !deadline.isPositive()) {
      throw new IllegalArgumentException(
          "connectTimeout is %s and deadline is %s; both must be longer than zero."
              .formatted(connectTimeout, deadline));
    }
  }

  /** 10 MB, 5 redirects, 3 seconds to connect, 10 seconds in all. */
  public static FetchLimits defaults() {
    return new FetchLimits(10_000_000, 5, Duration.ofSeconds(3), Duration.ofSeconds(10));
  }
}
