package dev.bucketlens.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server's key, and a certificate for it that nobody else has signed.
 *
 * @param context presents the certificate, and trusts it alone
 */
public record TlsIdentity(SSLContext context, X509Certificate certificate) {

  private static final String ALIAS = "server";
  private static final char[] PASSWORD = "only-for-this-test".toCharArray();

  /**
   * Makes one.
   *
   * @param host a name or an address
   * @param folder where its files may lie
   */
  public static TlsIdentity of(String host, Path folder) throws Exception {
    Path file = folder.resolve(host + ".p12");
    makeKey(host, file);
    KeyStore keys = KeyStore.getInstance(file.toFile(), PASSWORD);
    KeyManagerFactory keyManagers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, PASSWORD);
    TrustManagerFactory trustManagers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trustManagers.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
    return new TlsIdentity(context, (X509Certificate) keys.getCertificate(ALIAS));
  }

  private static void makeKey(String host, Path file) throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "RSA",
            "-dname",
            "CN=" + host,
            "-ext",
            "SAN=" + (host.matches("[0-9.]+") ? "ip:" : "dns:") + host,
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            file.toString(),
            "-storepass",
            String.valueOf(PASSWORD));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }
}
