package dev.bucketlens.fetch;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The rules for one {@link UrlFetcher}.
 *
 * @param enabled {@code false} refuses every URL
 * @param ports the ports that may be connected to
 * @param allowedHosts if not empty, only these hosts and their subdomains
 * @param deniedHosts never these hosts nor their subdomains; stronger than {@code allowedHosts}
 * @param allowedNetworks blocks of non-public addresses that are allowed all the same
 * @param maxBytes longest body, counted after decompression
 * @param maxRedirects redirects followed; each target is checked like the first URL
 * @param connectTimeout for one connection attempt, name lookup not counted
 * @param deadline for everything from the name lookup to the last byte, redirects included
 */
public record FetchOptions(
    boolean enabled,
    Set<Integer> ports,
    Set<String> allowedHosts,
    Set<String> deniedHosts,
    List<Network> allowedNetworks,
    int maxBytes,
    int maxRedirects,
    Duration connectTimeout,
    Duration deadline) {

  /** Checks ranges and copies the collections. */
  public FetchOptions {
    ports = Set.copyOf(ports);
    allowedHosts = Set.copyOf(allowedHosts);
    deniedHosts = Set.copyOf(deniedHosts);
    allowedNetworks = List.copyOf(allowedNetworks);
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

  /** Any public host, ports 80 and 443, 10 MB, 5 redirects, 10 seconds in all. */
  public static FetchOptions defaults() {
    return new FetchOptions(
        true,
        Set.of(80, 443),
        Set.of(),
        Set.of(),
        List.of(),
        10_000_000,
        5,
        Duration.ofSeconds(3),
        Duration.ofSeconds(10));
  }

  /** Returns these options with fetching switched off. */
  public FetchOptions disabled() {
    return new FetchOptions(
        false,
        ports,
        allowedHosts,
        deniedHosts,
        allowedNetworks,
        maxBytes,
        maxRedirects,
        connectTimeout,
        deadline);
  }

  /** Returns these options with other ports. */
  public FetchOptions withPorts(Set<Integer> newPorts) {
    return new FetchOptions(
        enabled,
        newPorts,
        allowedHosts,
        deniedHosts,
        allowedNetworks,
        maxBytes,
        maxRedirects,
        connectTimeout,
        deadline);
  }

  /** Returns these options with other host lists. */
  public FetchOptions withHosts(Set<String> allowed, Set<String> denied) {
    return new FetchOptions(
        enabled,
        ports,
        allowed,
        denied,
        allowedNetworks,
        maxBytes,
        maxRedirects,
        connectTimeout,
        deadline);
  }

  /** Returns these options with other exceptions to the rule that addresses are public. */
  public FetchOptions withAllowedNetworks(List<Network> networks) {
    return new FetchOptions(
        enabled,
        ports,
        allowedHosts,
        deniedHosts,
        networks,
        maxBytes,
        maxRedirects,
        connectTimeout,
        deadline);
  }

  /** Returns these options with other limits for one fetch. */
  public FetchOptions withLimits(int newMaxBytes, Duration newDeadline) {
    return new FetchOptions(
        enabled,
        ports,
        allowedHosts,
        deniedHosts,
        allowedNetworks,
        newMaxBytes,
        maxRedirects,
        connectTimeout,
        newDeadline);
  }
}
