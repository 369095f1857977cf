package dev.bucketlens.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.bucketlens.testing.Loopback;
import dev.bucketlens.testing.TlsIdentity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The connection goes to a checked address, and the certificate is still checked for the name. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TlsFetchTest {

  private final AtomicInteger connections = new AtomicInteger();
  private volatile SSLParameters agreeable = new SSLParameters();
  private volatile String cipher;
  private HttpsServer server;
  private SSLContext context;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    context = TlsIdentity.of("photos.example", folder).context();
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters connection) {
            connections.incrementAndGet();
            connection.setSSLParameters(agreeable);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          cipher = ((HttpsExchange) exchange).getSSLSession().getCipherSuite();
          exchange.sendResponseHeaders(200, 1);
          exchange.getResponseBody().write(9);
          exchange.close();
        });
    server.start();
  }

  @BeforeEach
  void agreeToEverything() {
    agreeable = new SSLParameters();
    connections.set(0);
  }

  @AfterAll
  void stop() {
    server.stop(0);
  }

  @Test
  void fetch_shouldSucceed_whenTheCertificateIsForTheName() throws Exception {
    try (UrlFetcher fetcher = new UrlFetcher(settings(), names(), () -> context)) {
      assertThat(fetcher.fetch(url("photos.example"))).containsExactly(9);
    }
  }

  @Test
  void fetch_shouldUseChaCha20_whenTheServerFollowsTheClient() throws Exception {
    agreeable.setUseCipherSuitesOrder(false);

    try (UrlFetcher fetcher = new UrlFetcher(settings(), names(), () -> context)) {
      fetcher.fetch(url("photos.example"));
    }

    assertThat(cipher).isEqualTo("TLS_CHACHA20_POLY1305_SHA256");
    assertThat(connections).hasValue(1);
  }

  @Test
  void fetch_shouldConnectOnce_whenTheServerHasOtherCiphers() throws Exception {
    agreeable = new SSLParameters(new String[] {"TLS_AES_128_GCM_SHA256"});

    try (UrlFetcher fetcher = new UrlFetcher(settings(), names(), () -> context)) {
      assertThat(fetcher.fetch(url("photos.example"))).containsExactly(9);
    }

    assertThat(connections).hasValue(1);
  }

  @Test
  void fetch_shouldConnectAgain_whenTheServerHasOtherCurves() throws Exception {
    agreeable.setNamedGroups(new String[] {"secp256r1"});

    try (UrlFetcher fetcher = new UrlFetcher(settings(), names(), () -> context)) {
      assertThat(fetcher.fetch(url("photos.example"))).containsExactly(9);
    }

    assertThat(connections).hasValue(2);
  }

  @Test
  void fetch_shouldFail_whenTheServerAgreesToNothing() {
    agreeable = new SSLParameters(new String[] {"TLS_RSA_WITH_AES_128_CBC_SHA"});
    agreeable.setProtocols(new String[] {"TLSv1.2"});

    try (UrlFetcher fetcher = new UrlFetcher(settings(), names(), () -> context)) {
      assertThat(failure(fetcher, "photos.example").code()).isEqualTo(FetchError.TLS_FAILED);
    }

    assertThat(connections).hasValue(2);
  }

  @Test
  void fetch_shouldFailAtOnce_whenTheCertificateIsForAnotherName() {
    try (UrlFetcher fetcher = new UrlFetcher(settings(), names(), () -> context)) {
      assertThat(failure(fetcher, "other.example").code()).isEqualTo(FetchError.TLS_FAILED);
    }

    assertThat(connections).hasValue(1);
  }

  @Test
  void fetch_shouldFailAtOnce_whenNoAuthorityVouchesForTheCertificate() {
    try (UrlFetcher fetcher = UrlFetcher.create(settings(), names())) {
      assertThat(failure(fetcher, "photos.example").code()).isEqualTo(FetchError.TLS_FAILED);
    }

    assertThat(connections).hasValue(1);
  }

  private FetchException failure(UrlFetcher fetcher, String host) {
    return catchThrowableOfType(FetchException.class, () -> fetcher.fetch(url(host)));
  }

  private String url(String host) {
    return "https://" + host + ":" + server.getAddress().getPort() + "/";
  }

  private FetchSettings settings() {
    return Loopback.settings(server.getAddress().getPort(), 1000, Duration.ofSeconds(20));
  }

  private static TestNames names() {
    return new TestNames().with("photos.example", "127.0.0.1").with("other.example", "127.0.0.1");
  }
}
