package dev.bucketlens.testing;

import dev.bucketlens.fetch.DestinationLimits;
import dev.bucketlens.fetch.FetchLimits;
import dev.bucketlens.fetch.FetchSettings;
import dev.bucketlens.fetch.Network;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Lets a fetcher reach the servers of a test, and nothing else. */
public final class Loopback {
  public static final List<Network> NETWORKS = List.of(Network.parse("127.0.0.1/32"));

  private Loopback() {}

  public static FetchSettings settings(int port, int maxBytes, Duration deadline) {
    return new FetchSettings(
        true,
        new DestinationLimits(Set.of(port), Set.of(), Set.of(), NETWORKS),
        limits(maxBytes, deadline));
  }

  /** The usual limits but for these. */
  public static FetchLimits limits(int maxBytes, Duration deadline) {
    FetchLimits usual = FetchLimits.defaults();
    return new FetchLimits(maxBytes, usual.maxRedirects(), usual.connectTimeout(), deadline);
  }
}
