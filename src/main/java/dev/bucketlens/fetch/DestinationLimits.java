package dev.bucketlens.fetch;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where a URL may lead.
 *
 * @param ports the ports that may be connected to
 * @param allowedHosts if not empty, only these hosts and their subdomains
 * @param deniedHosts never these hosts nor their subdomains; stronger than {@code allowedHosts}
 * @param allowedNetworks blocks of non-public addresses that are allowed all the same
 */
public record DestinationLimits(
    Set<Integer> ports,
    Set<String> allowedHosts,
    Set<String> deniedHosts,
    List<Network> allowedNetworks) {

  /**
   * Copies the collections; hosts are kept as {@link #host} reads them.
   *
   * @throws IllegalArgumentException if one of the hosts is none
   */
  public DestinationLimits {
    ports = Set.copyOf(ports);
    allowedHosts = hosts(allowedHosts);
    deniedHosts = hosts(deniedHosts);
    allowedNetworks = List.copyOf(allowedNetworks);
  }

  /** Any public host, on the ports of http and https. */
  public static DestinationLimits publicWeb() {
    return new DestinationLimits(Set.of(80, 443), Set.of(), Set.of(), List.of());
  }

  /**
   * Reads a host of a list, which stands for its subdomains too.
   *
   * @return in lower case and ASCII, without the root's dot
   * @throws IllegalArgumentException if it is none: a URL or a pattern would match nothing, and a
   *     door that was to be closed would stay open
   */
  public static String host(String text) {
    return Authority.host(text)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "\"%s\" is no host: write it like example.com, which stands for its subdomains too."
                    .formatted(text)));
  }

  /** Whether the lists let {@code host} pass, which is in lower case. */
  boolean allowsHost(String host) {
    return (allowedHosts.isEmpty() || isListed(host, allowedHosts)) && !isListed(host, deniedHosts);
  }

  private static boolean isListed(String host, Set<String> names) {
    return names.stream().anyMatch(name -> host.equals(name) || host.endsWith("." + name));
  }

  private static Set<String> hosts(Set<String> names) {
    return names.stream().map(DestinationLimits::host).collect(Collectors.toUnmodifiableSet());
  }
}
