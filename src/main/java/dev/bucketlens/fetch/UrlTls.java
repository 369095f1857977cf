package dev.bucketlens.fetch;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;

/**
 * TLS to the servers of URLs, quick for a process that has only just started. A server is offered
 * X25519 alone, because the JDK would make a key for a second curve as well, and that is the most
 * expensive part of a handshake whose code is still interpreted; and of the ciphers ChaCha20 first,
 * which costs the least without instructions of the processor. A server that does not agree is
 * connected to once more, with all that the JDK has. Neither offer is weaker than the other, and
 * certificates and names are checked alike.
 *
 * <p>The authorities are read for the first URL that asks for them. Thread-safe.
 */
final class UrlTls implements TlsSocketStrategy, HttpRequestRetryStrategy {

  private static final String[] GROUPS = {"x25519"};
  private static final String QUICK_CIPHER = "CHACHA20";

  /** The name of the attribute of a request whose server has refused the first offer. */
  private static final String REFUSED = UrlTls.class.getName();

  private final Supplier<SSLContext> authorities;
  private TlsSocketStrategy quick;
  private TlsSocketStrategy whole;

  /**
   * @param authorities who vouches for servers; asked once, for the first of them
   */
  UrlTls(Supplier<SSLContext> authorities) {
    this.authorities = authorities;
  }

  @Override
  public SSLSocket upgrade(
      Socket socket, String target, int port, Object attachment, HttpContext context)
      throws IOException {
    prepare();
    if (context.getAttribute(REFUSED) != null) {
      return whole.upgrade(socket, target, port, attachment, context);
    }
    try {
      return quick.upgrade(socket, target, port, attachment, context);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw isOfCertificates(e) ? e : new OfferRefusedException(e);
    }
  }

  private synchronized void prepare() {
    if (quick == null) {
      SSLContext context = authorities.get();
      whole = new DefaultClientTlsStrategy(context);
      quick = new QuickStrategy(context);
    }
  }

  /** Only the server can refuse an offer; a certificate is refused here, whatever was offered. */
  private static boolean isOfCertificates(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException) {
        return true;
      }
    }
    return false;
  }

  /** Once, and on a new connection, whose address is looked up and checked like the first one's. */
  @Override
  public boolean retryRequest(
      HttpRequest request, IOException failure, int count, HttpContext context) {
    boolean refused = failure instanceof OfferRefusedException;
    if (refused) {
      context.setAttribute(REFUSED, true);
    }
    return refused;
  }

  @Override
  public boolean retryRequest(HttpResponse response, int count, HttpContext context) {
    return false;
  }

  @Override
  public TimeValue getRetryInterval(HttpResponse response, int count, HttpContext context) {
    return TimeValue.ZERO_MILLISECONDS;
  }

  private static final class QuickStrategy extends DefaultClientTlsStrategy {
    QuickStrategy(SSLContext context) {
      super(context);
    }

    @Override
    protected void initializeSocket(SSLSocket socket) {
      SSLParameters offer = socket.getSSLParameters();
      offer.setNamedGroups(GROUPS);
      List<String> ciphers = new ArrayList<>(Arrays.asList(offer.getCipherSuites()));
      ciphers.sort((first, second) -> Boolean.compare(isQuick(second), isQuick(first)));
      offer.setCipherSuites(ciphers.toArray(new String[0]));
      socket.setSSLParameters(offer);
    }

    private static boolean isQuick(String cipher) {
      return cipher.contains(QUICK_CIPHER);
    }
  }

  /** The handshake failed, and not for a certificate. */
  private static final class OfferRefusedException extends SSLException {
    private static final long serialVersionUID = 1;

    OfferRefusedException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }
}
