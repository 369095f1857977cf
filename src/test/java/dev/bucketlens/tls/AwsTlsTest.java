package dev.bucketlens.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.bucketlens.testing.TlsIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AwsTlsTest {

  private final List<HttpsServer> servers = new ArrayList<>();
  private final AtomicInteger requests = new AtomicInteger();
  private TlsIdentity identity;
  private Path bundle;

  @BeforeAll
  void makeIdentity(@TempDir Path folder) throws Exception {
    identity = TlsIdentity.of("localhost", folder);
    String base64 = Base64.getMimeEncoder().encodeToString(identity.certificate().getEncoded());
    bundle =
        Files.writeString(
            folder.resolve("bundle.pem"),
            "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
  }

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
    servers.clear();
    requests.set(0);
  }

  @Test
  void connection_shouldUseChaCha20_whenTheServerHasIt() throws Exception {
    AwsTls tls = AwsTls.trustingAlso(bundle);

    int port = serve(new SSLParameters());

    assertThat(cipher(tls, "localhost", port)).isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
    assertThat(cipher(tls, "localhost", port)).isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
  }

  @Test
  void connection_shouldStandAtTheSecondTry_whenTheServerHasOtherCurvesAndCiphers()
      throws Exception {
    AwsTls tls = AwsTls.trustingAlso(bundle);
    SSLParameters others = new SSLParameters(new String[] {"TLS_AES_128_GCM_SHA256"});
    others.setNamedGroups(new String[] {"secp256r1"});
    int port = serve(others);

    assertThatThrownBy(() -> cipher(tls, "localhost", port)).isInstanceOf(IOException.class);

    assertThat(cipher(tls, "localhost", port)).isEqualTo("TLS_AES_128_GCM_SHA256");
    assertThat(cipher(tls, "localhost", port)).isEqualTo("TLS_AES_128_GCM_SHA256");
  }

  @Test
  void connection_shouldStandAtOnce_whenTheServerSpeaksTls12() throws Exception {
    SSLParameters older = new SSLParameters();
    older.setProtocols(new String[] {"TLSv1.2"});

    assertThat(cipher(AwsTls.trustingAlso(bundle), "localhost", serve(older)))
        .startsWith("TLS_ECDHE_RSA_");
  }

  @Test
  void connection_shouldFail_whenTheCertificateIsForAnotherName() throws Exception {
    int port = serve(new SSLParameters());

    assertThatThrownBy(() -> cipher(AwsTls.trustingAlso(bundle), "127.0.0.1", port))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Wrong HTTPS hostname");
    assertThat(requests).hasValue(0);
  }

  @Test
  void connection_shouldFail_whenNoAuthorityVouchesForTheServer() throws Exception {
    int port = serve(new SSLParameters());

    assertThatThrownBy(() -> cipher(AwsTls.trustingAuthorities(), "localhost", port))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("unable to find valid certification path");
  }

  @Test
  void sockets_shouldNameTheFile_whenItHasNoCertificates(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\nno\n");

    assertThatThrownBy(AwsTls.trustingAlso(file)::sockets)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("expected certificates as PEM");
  }

  @Test
  void authorities_shouldBeAmongTheJdks() throws Exception {
    assertThat(ofJdk()).containsAll(ofAws());
  }

  @Test
  void authorities_shouldTrustWhomTheJdkTrusts_whenTheFewDoNot() throws Exception {
    Authorities authorities = new Authorities(List.of(identity.certificate()));
    X509Certificate[] chain = {ofAws().getFirst()};

    assertThatCode(() -> authorities.checkServerTrusted(chain, "ECDHE_RSA"))
        .doesNotThrowAnyException();
  }

  @Test
  void authorities_shouldTrustNoClient() throws Exception {
    Authorities authorities = new Authorities(List.of(identity.certificate()));
    X509Certificate[] chain = {identity.certificate()};

    assertThatThrownBy(() -> authorities.checkClientTrusted(chain, "ECDHE_ECDSA"))
        .isInstanceOf(CertificateException.class);
  }

  private static List<X509Certificate> ofAws() throws Exception {
    try (InputStream pem = AwsTls.class.getResourceAsStream("aws-authorities.pem")) {
      return CertificateFactory.getInstance("X.509").generateCertificates(pem).stream()
          .map(X509Certificate.class::cast)
          .toList();
    }
  }

  private static List<X509Certificate> ofJdk() throws Exception {
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init((KeyStore) null);
    return List.of(((X509TrustManager) managers.getTrustManagers()[0]).getAcceptedIssuers());
  }

  /** A server that agrees to what {@code parameters} have, and closes each connection. */
  private int serve(SSLParameters parameters) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(identity.context()) {
          @Override
          public void configure(HttpsParameters connection) {
            connection.setSSLParameters(parameters);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          exchange.getResponseHeaders().set("Connection", "close");
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    servers.add(server);
    return server.getAddress().getPort();
  }

  private static String cipher(AwsTls tls, String host, int port) throws IOException {
    HttpsURLConnection connection =
        (HttpsURLConnection)
            URI.create("https://" + host + ":" + port + "/").toURL().openConnection();
    tls.secure(connection);
    connection.connect();
    String cipher = connection.getCipherSuite();
    assertThat(connection.getResponseCode()).isEqualTo(204);
    return cipher;
  }
}
