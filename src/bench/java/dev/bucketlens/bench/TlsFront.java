package dev.bucketlens.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bucketlens.fetch.Network;
import dev.bucketlens.local.ContainerDoor;
import dev.bucketlens.testing.TlsIdentity;
import dev.bucketlens.tls.AwsTls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * TLS before servers on loopback that speak without it, by an authority made for the purpose.
 * Clients trust it beside the JDK's own list, which is about as long as the one that they read on
 * AWS.
 */
final class TlsFront implements AutoCloseable {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Path folder;
  private final TlsIdentity identity;
  private final List<ContainerDoor> doors = new ArrayList<>();

  private TlsFront(Path folder, TlsIdentity identity) {
    this.folder = folder;
    this.identity = identity;
  }

  /** Makes the authority, and the lists with it. */
  static TlsFront create() throws Exception {
    Path folder = Files.createTempDirectory("bucketlens-tls");
    TlsFront front = new TlsFront(folder, TlsIdentity.of("127.0.0.1", folder));
    front.writeLists();
    return front;
  }

  /**
   * Writes the JDK's list with one more certificate, for Java (without a password) and Python; and
   * that one with those of AWS, which Java reads for the clients of AWS.
   */
  private void writeLists() throws Exception {
    String own = pem(identity.certificate());
    try (InputStream aws = AwsTls.class.getResourceAsStream("aws-authorities.pem")) {
      Files.writeString(ofAws(), own + new String(aws.readAllBytes(), US_ASCII));
    }
    Path known = Path.of(System.getProperty("java.home"), "lib/security/cacerts");
    KeyStore jdks = KeyStore.getInstance(known.toFile(), "changeit".toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("loopback", identity.certificate());
    StringBuilder bundle = new StringBuilder(own);
    for (String alias : Collections.list(jdks.aliases())) {
      trusted.setCertificateEntry(alias, jdks.getCertificate(alias));
      bundle.append(pem(jdks.getCertificate(alias)));
    }
    try (OutputStream out = Files.newOutputStream(ofJava())) {
      trusted.store(out, null);
    }
    Files.writeString(ofPython(), bundle);
  }

  private static String pem(Certificate certificate) throws Exception {
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
  }

  private Path ofAws() {
    return folder.resolve("aws.pem");
  }

  private Path ofJava() {
    return folder.resolve("trust.p12");
  }

  private Path ofPython() {
    return folder.resolve("bundle.pem");
  }

  /**
   * What has a function trust the authority. On AWS ours find whom they connect to among a few
   * authorities of their own, and so they do here; Python reads one list, as long as its own.
   */
  Map<String, String> environment(boolean python) {
    return python
        ? Map.of("AWS_CA_BUNDLE", ofPython().toString(), "SSL_CERT_FILE", ofPython().toString())
        : Map.of(
            "AWS_CA_BUNDLE",
            ofAws().toString(),
            "JAVA_TOOL_OPTIONS",
            "-Djavax.net.ssl.trustStore=" + ofJava());
  }

  /** Where a server on loopback is reached by TLS from now on. */
  URI before(URI server) throws IOException {
    ServerSocket socket =
        identity.context().getServerSocketFactory().createServerSocket(0, 0, LOOPBACK);
    doors.add(ContainerDoor.open(socket, new Network(LOOPBACK, 8), server));
    return URI.create("https://127.0.0.1:" + socket.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    for (ContainerDoor door : doors) {
      door.close();
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
