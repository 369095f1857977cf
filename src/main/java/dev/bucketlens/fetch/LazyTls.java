package dev.bucketlens.fetch;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * TLS by the certificates of the JDK, which are read for the first URL that asks for it: no start
 * has to wait for them. Thread-safe.
 */
final class LazyTls implements TlsSocketStrategy {

  private TlsSocketStrategy strategy;

  @Override
  public SSLSocket upgrade(
      Socket socket, String target, int port, Object attachment, HttpContext context)
      throws IOException {
    return strategy().upgrade(socket, target, port, attachment, context);
  }

  private synchronized TlsSocketStrategy strategy() {
    if (strategy == null) {
      strategy = DefaultClientTlsStrategy.createDefault();
    }
    return strategy;
  }
}
