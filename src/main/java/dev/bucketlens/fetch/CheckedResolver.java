package dev.bucketlens.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/**
 * The one place where the HTTP client learns an address. What it returns is what the client
 * connects to, so there is no moment between check and use in which a name could change its mind
 * (DNS rebinding).
 */
final class CheckedResolver implements DnsResolver {

  private final NameResolver names;
  private final AddressPolicy policy;

  CheckedResolver(NameResolver names, AddressPolicy policy) {
    this.names = names;
    this.policy = policy;
  }

  /**
   * Returns the addresses of {@code host} if every one of them is allowed.
   *
   * @throws AddressRefusedException if one is not: a name with a public and a private address is a
   *     trap, not a choice
   */
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    var literal = FetchTarget.literal(host);
    List<InetAddress> addresses =
        literal.isPresent() ? List.of(literal.get()) : names.resolve(host);
    if (!addresses.stream().allMatch(policy::allows)) {
      throw new AddressRefusedException(host);
    }
    return addresses.toArray(InetAddress[]::new);
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /** The host has an address that may not be connected to. The address itself stays unsaid. */
  static final class AddressRefusedException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    AddressRefusedException(String host) {
      super("Host " + host + " is not at a public address.");
    }
  }
}
