package dev.bucketlens.lambda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionFactory;

/**
 * The JDK's connections, with time-outs. All share the JDK's own TLS settings, which are made when
 * the first address asks for TLS: left to itself each client of the SDK would make its own at once,
 * and read all certificates of the JDK for it.
 *
 * <p>A proxy is the one of the JDK's system properties, such as {@code https.proxyHost}.
 *
 * @param connect how long to wait for a connection
 * @param silence how long a connection may be silent
 */
record BoundedConnections(Duration connect, Duration silence) implements UrlConnectionFactory {

  @Override
  public HttpURLConnection createConnection(URI address) {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setConnectTimeout((int) connect.toMillis());
      connection.setReadTimeout((int) silence.toMillis());
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException("There is no connection to " + address.getHost(), e);
    }
  }
}
