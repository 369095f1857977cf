package dev.bucketlens.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks a host name up. The system's resolver in production, a table in tests. */
@FunctionalInterface
public interface NameResolver {

  /** The resolver of the operating system. */
  NameResolver SYSTEM = host -> List.of(InetAddress.getAllByName(host));

  /**
   * Returns every address of {@code host}, at least one.
   *
   * @throws UnknownHostException if it has none
   */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
