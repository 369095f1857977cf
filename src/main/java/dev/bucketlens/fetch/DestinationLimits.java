package dev.bucketlens.fetch;

import java.util.List;
import java.util.Locale;
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

  /** Copies the collections; host names count in lower case. */
  public DestinationLimits {
    ports = Set.copyOf(ports);
    allowedHosts = lowerCase(allowedHosts);
    deniedHosts = lowerCase(deniedHosts);
    allowedNetworks = List.copyOf(allowedNetworks);
  }

  /** Any public host, on the ports of http and https. */
  public static DestinationLimits publicWeb() {
    return new DestinationLimits(Set.of(80, 443), Set.of(), Set.of(), List.of());
  }

  /** Whether the lists let {@code host} pass, which is in lower case. */
  boolean allowsHost(String host) {
    return (allowedHosts.isEmpty() || isListed(host, allowedHosts)) && !isListed(host, deniedHosts);
  }

  private static boolean isListed(String host, Set<String> names) {
    return names.stream().anyMatch(name -> host.equals(name) || host.endsWith("." + name));
  }

  private static Set<String> lowerCase(Set<String> hosts) {
    return hosts.stream()
        .map(host -> host.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }
}
