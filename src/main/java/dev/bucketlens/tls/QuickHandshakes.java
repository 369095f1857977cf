package dev.bucketlens.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Offers a host's first connection one key exchange and, in TLS 1.3, one cipher, and its later ones
 * too once it has agreed. A host that refuses is offered all that the JDK has when the SDK tries
 * again, which it does at once. Neither is weaker than what it stands for. Thread-safe.
 */
final class QuickHandshakes extends SSLSocketFactory {
  private static final String[] GROUPS = {"x25519"};

  /** Without these, TLS 1.3 has ChaCha20 alone. TLS 1.2 keeps all of its own. */
  private static final List<String> SLOW_WITHOUT_INSTRUCTIONS =
      List.of("TLS_AES_256_GCM_SHA384", "TLS_AES_128_GCM_SHA256");

  private final SSLSocketFactory sockets;
  private final String[] ciphers;

  /** Whether a host agreed, for those that were offered this. */
  private final Map<String, Boolean> agreed = new ConcurrentHashMap<>();

  QuickHandshakes(SSLSocketFactory sockets) {
    this.sockets = sockets;
    List<String> quick = new ArrayList<>(List.of(sockets.getDefaultCipherSuites()));
    quick.removeAll(SLOW_WITHOUT_INSTRUCTIONS);
    this.ciphers = quick.toArray(new String[0]);
  }

  private Socket quick(Socket socket, String host, int port) {
    String server = host + ":" + port;
    Boolean before = agreed.putIfAbsent(server, false);
    if (before == null || before) {
      SSLSocket tls = (SSLSocket) socket;
      SSLParameters parameters = tls.getSSLParameters();
      parameters.setNamedGroups(GROUPS);
      parameters.setCipherSuites(ciphers);
      tls.setSSLParameters(parameters);
      tls.addHandshakeCompletedListener(_ -> agreed.put(server, true));
    }
    return socket;
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    return quick(sockets.createSocket(socket, host, port, autoClose), host, port);
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return quick(sockets.createSocket(host, port), host, port);
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return quick(sockets.createSocket(host, port, from, fromPort), host, port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return quick(sockets.createSocket(host, port), host.getHostAddress(), port);
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return quick(sockets.createSocket(host, port, from, fromPort), host.getHostAddress(), port);
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return sockets.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return sockets.getSupportedCipherSuites();
  }
}
