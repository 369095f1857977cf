package dev.bucketlens.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * TLS as the clients of AWS share it. A start waits for the first handshakes, by code that is still
 * interpreted, so they do no more than they have to:
 *
 * <ul>
 *   <li>The few authorities that sign for AWS are read first, and the JDK's list of 140 only for a
 *       server that none of them vouches for. Every one of them is in that list too, so that nobody
 *       else is trusted.
 *   <li>A host is offered X25519 and ChaCha20 alone, which cost the least without instructions of
 *       their own, and C1 uses none. The JDK would make a key for a second curve as well. A host
 *       that does not agree is offered all that the JDK has.
 *   <li>A server's name is compared with its certificate behind the handshake and before the first
 *       request, by the JDK and its rules, but for one: within the handshake it would also ask
 *       whether a wildcard stands for a whole public suffix, such as {@code *.com}, and read all of
 *       its authorities for that. No host of AWS is so close under one.
 * </ul>
 *
 * <p>Thread-safe. Nothing is read before somebody connects.
 */
public final class AwsTls {
  /** What Amazon Trust Services publishes: its four authorities, and Starfield's before them. */
  private static final String AUTHORITIES = "aws-authorities.pem";

  private final Path bundle;
  private SSLSocketFactory sockets;

  private AwsTls(Path bundle) {
    this.bundle = bundle;
  }

  /** Trusts whom the JDK trusts. */
  public static AwsTls trustingAuthorities() {
    return new AwsTls(null);
  }

  /**
   * Trusts others beside them.
   *
   * @param bundle their certificates, as PEM
   */
  public static AwsTls trustingAlso(Path bundle) {
    return new AwsTls(bundle);
  }

  /**
   * What connections by TLS are made by, always the same: the JDK keeps connections by it.
   *
   * @throws IllegalStateException if certificates cannot be read; the message says which
   */
  public synchronized SSLSocketFactory sockets() {
    if (sockets == null) {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManager authorities = new Authorities(bundle == null ? ofAws() : of(bundle));
        context.init(null, new TrustManager[] {authorities}, null);
        sockets = new QuickHandshakes(context.getSocketFactory());
      } catch (GeneralSecurityException | IOException e) {
        throw new IllegalStateException(
            "The authorities %s cannot be read; expected certificates as PEM: %s"
                .formatted(bundle == null ? AUTHORITIES : bundle, e),
            e);
      }
    }
    return sockets;
  }

  /** Has a connection that is not open yet use this. */
  public void secure(HttpsURLConnection connection) {
    connection.setSSLSocketFactory(sockets());
    // Asked about servers whose name is not in their certificate.
    connection.setHostnameVerifier((_, _) -> false);
  }

  private static Collection<? extends Certificate> ofAws()
      throws IOException, GeneralSecurityException {
    try (InputStream pem = AwsTls.class.getResourceAsStream(AUTHORITIES)) {
      return certificates(pem.readAllBytes());
    }
  }

  private static Collection<? extends Certificate> of(Path bundle)
      throws IOException, GeneralSecurityException {
    return certificates(Files.readAllBytes(bundle));
  }

  /** From memory, because the JDK reads certificates byte by byte. */
  private static Collection<? extends Certificate> certificates(byte[] pem)
      throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem));
  }
}
