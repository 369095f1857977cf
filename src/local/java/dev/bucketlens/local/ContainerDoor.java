package dev.bucketlens.local;

import dev.bucketlens.fetch.Network;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lets the containers of this machine, and nobody else, in to what listens on loopback: {@code sam
 * local} runs functions in containers, whose loopback is another. Docker Desktop has such a door of
 * its own; an engine on Linux has the bridge {@value #BRIDGE}, at whose address this listens.
 */
public final class ContainerDoor implements AutoCloseable {

  /** The bridge of containers that ask for no other network. */
  private static final String BRIDGE = "docker0";

  private static final Logger LOG = System.getLogger(ContainerDoor.class.getName());

  private final List<ServerSocket> sockets = new ArrayList<>();

  private ContainerDoor() {}

  /**
   * Opens a port for each service, of the same number.
   *
   * @param services base URLs on loopback
   * @return empty if there is no bridge: then no engine of the usual kind runs here
   */
  static Optional<ContainerDoor> open(List<URI> services) throws IOException {
    Optional<InterfaceAddress> bridge = bridge();
    if (bridge.isEmpty()) {
      return Optional.empty();
    }
    InetAddress address = bridge.get().getAddress();
    Network guests = new Network(address, bridge.get().getNetworkPrefixLength());
    ContainerDoor door = new ContainerDoor();
    for (URI service : services) {
      door.relay(new ServerSocket(service.getPort(), 0, address), guests, service);
    }
    return Optional.of(door);
  }

  /** A door of one socket, which it closes. */
  public static ContainerDoor open(ServerSocket socket, Network guests, URI service) {
    ContainerDoor door = new ContainerDoor();
    door.relay(socket, guests, service);
    return door;
  }

  private static Optional<InterfaceAddress> bridge() throws IOException {
    NetworkInterface bridge = NetworkInterface.getByName(BRIDGE);
    return bridge == null
        ? Optional.empty()
        : bridge.getInterfaceAddresses().stream()
            .filter(it -> it.getAddress() instanceof Inet4Address)
            .findFirst();
  }

  private void relay(ServerSocket socket, Network guests, URI service) {
    sockets.add(socket);
    Thread.ofVirtual().start(() -> acceptAll(socket, guests, service));
  }

  private static void acceptAll(ServerSocket socket, Network guests, URI service) {
    while (!socket.isClosed()) {
      try {
        Socket guest = socket.accept();
        Thread.ofVirtual().start(() -> serve(guest, guests, service));
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "No more containers are let in", e);
      }
    }
  }

  private static void serve(Socket guest, Network guests, URI service) {
    try (guest) {
      // The bridge's address can be reached through other interfaces too.
      if (guests.contains(guest.getInetAddress())) {
        try (Socket host = new Socket(InetAddress.getLoopbackAddress(), service.getPort())) {
          guest.setTcpNoDelay(true);
          host.setTcpNoDelay(true);
          Thread answers = Thread.ofVirtual().start(() -> copy(host, guest));
          copy(guest, host);
          answers.join();
        }
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "A container's connection to " + service + " broke", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "One side of a container's connection hung up", e);
    }
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket socket : sockets) {
      socket.close();
    }
  }
}
