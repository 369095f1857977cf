package dev.bucketlens.lambda;

import dev.bucketlens.tls.AwsTls;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import software.amazon.awssdk.http.urlconnection.UrlConnectionFactory;

/**
 * The JDK's connections, with time-outs. All share what TLS needs, which is made when the first
 * address asks for TLS: left to itself each client of the SDK would make its own at once, and read
 * all certificates of the JDK for it.
 *
 * <p>A proxy is the one of the JDK's system properties, such as {@code https.proxyHost}.
 *
 * @param tls what addresses that ask for TLS are reached by
 * @param connect how long to wait for a connection
 * @param silence how long a connection may be silent
 */
record BoundedConnections(AwsTls tls, Duration connect, Duration silence)
    implements UrlConnectionFactory {

  @Override
  public HttpURLConnection createConnection(URI address) {
    try {
      if (address.getScheme().equals("https")) {
        // A connection asks for the default before it can be told another. The JDK's own would read
        // all its certificates. Nothing else in the process makes connections of this kind.
        HttpsURLConnection.setDefaultSSLSocketFactory(tls.sockets());
      }
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      if (connection instanceof HttpsURLConnection https) {
        tls.secure(https);
      }
      connection.setConnectTimeout((int) connect.toMillis());
      connection.setReadTimeout((int) silence.toMillis());
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException("There is no connection to " + address.getHost(), e);
    }
  }
}
