package dev.bucketlens.fetch;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides which addresses may be connected to: public unicast ones only. The blocks are those of
 * the IANA special-purpose registries for IPv4 and IPv6 (RFC 6890 and its updates), without the few
 * that are globally reachable, and with those that clouds give a meaning of their own.
 *
 * <p>IPv4 addresses mapped into IPv6 ({@code ::ffff:10.0.0.1}) need no rule: Java turns them into
 * IPv4 before they come here. The other embeddings (IPv4-compatible, NAT64, 6to4, Teredo) are
 * refused whole, because a translator on the way could lead them to a private address.
 */
public final class AddressPolicy {

  private static final List<Network> NOT_PUBLIC_IPV4 =
      networks(
          "0.0.0.0/8", // this network; Linux treats 0.0.0.0 as loopback
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carrier-grade NAT; Alibaba's metadata service
          "127.0.0.0/8", // loopback; the Lambda runtime API
          "169.254.0.0/16", // link-local; metadata services, container credentials
          "168.63.129.16/32", // Azure's platform address, public by number only
          "172.16.0.0/12", // private
          "192.0.0.0/24", // protocol assignments; Oracle's metadata service
          "192.0.2.0/24", // documentation
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "198.18.0.0/15", // benchmarking
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and the broadcast address

  /** All unicast IPv6 that is handed out lies here: loopback, ULA, NAT64 and others do not. */
  private static final Network GLOBAL_IPV6 = Network.parse("2000::/3");

  private static final List<Network> NOT_PUBLIC_IPV6 =
      networks(
          "2001::/23", // protocol assignments: Teredo, benchmarking, ORCHID
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4
          "3ffe::/16", // 6bone, returned
          "3fff::/20"); // documentation

  /** No configuration opens these: what answers there hands out credentials. */
  private static final List<Network> METADATA =
      networks("169.254.0.0/16", "fe80::/10", "fd00:ec2::/32", "168.63.129.16/32");

  private final List<Network> exceptions;

  /**
   * Creates the policy.
   *
   * @param exceptions blocks that are allowed although they are not public, such as the subnet of
   *     an image server in the same VPC; metadata services stay closed all the same
   */
  public AddressPolicy(List<Network> exceptions) {
    this.exceptions = List.copyOf(exceptions);
  }

  /** Returns whether a connection to {@code address} is allowed. */
  public boolean allows(InetAddress address) {
    if (within(METADATA, address)) {
      return false;
    }
    return isPublic(address) || within(exceptions, address);
  }

  private static boolean isPublic(InetAddress address) {
    if (address instanceof Inet6Address) {
      return GLOBAL_IPV6.contains(address) && !within(NOT_PUBLIC_IPV6, address);
    }
    return !within(NOT_PUBLIC_IPV4, address);
  }

  private static boolean within(List<Network> networks, InetAddress address) {
    return networks.stream().anyMatch(network -> network.contains(address));
  }

  private static List<Network> networks(String... blocks) {
    return Stream.of(blocks).map(Network::parse).toList();
  }
}
