package dev.bucketlens.tls;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A few authorities, and all of the JDK's behind them: those are read for the first server that
 * none of the few vouches for. Thread-safe.
 */
final class Authorities extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager few;
  private X509ExtendedTrustManager all;

  Authorities(Collection<? extends Certificate> few) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    for (Certificate certificate : few) {
      store.setCertificateEntry(Integer.toString(store.size()), certificate);
    }
    this.few = trusting(store);
  }

  /**
   * @param store null for the JDK's
   */
  private static X509ExtendedTrustManager trusting(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    // The only one that PKIX has.
    return (X509ExtendedTrustManager) managers.getTrustManagers()[0];
  }

  private synchronized X509ExtendedTrustManager all() throws CertificateException {
    if (all == null) {
      try {
        all = trusting(null);
      } catch (GeneralSecurityException e) {
        throw new CertificateException("The JDK's authorities cannot be read", e);
      }
    }
    return all;
  }

  /** One question, to whichever manager is asked. */
  @FunctionalInterface
  private interface Check {
    void by(X509ExtendedTrustManager manager) throws CertificateException;
  }

  private void check(Check check) throws CertificateException {
    try {
      check.by(few);
    } catch (CertificateException e) {
      try {
        check.by(all());
      } catch (CertificateException stranger) {
        // The first may have known the server's authority, and so have the better reason.
        e.addSuppressed(stranger);
        throw e;
      }
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(manager -> manager.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(manager -> manager.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(manager -> manager.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    throw noServer();
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw noServer();
  }

  private static CertificateException noServer() {
    return new CertificateException("Only servers are connected to here; no client is trusted");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return few.getAcceptedIssuers();
  }
}
