package dev.bucketlens.container;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bucketlens.fetch.Network;
import dev.bucketlens.local.ContainerDoor;
import dev.bucketlens.testing.TlsIdentity;
import dev.bucketlens.tls.AwsTls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
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
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import org.apache.commons.io.FileUtils;

/**
 * TLS before servers on loopback that speak without it, by an authority made for the purpose.
 * Functions trust it beside whom they trust on AWS: ours beside AWS's own few authorities for the
 * clients and the JDK's list for URLs, Python beside one list as long as its own.
 */
final class TlsFront implements AutoCloseable {
  private static final String AWS = "aws.pem";
  private static final String JAVA = "java.p12";
  private static final String PYTHON = "python.pem";
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Path folder;
  private final TlsIdentity identity;
  private final List<ContainerDoor> doors = new ArrayList<>();

  /** Makes the authority, and the lists with it. */
  TlsFront() throws Exception {
    folder = Files.createTempDirectory("bucketlens-tls");
    identity = TlsIdentity.of("127.0.0.1", folder);
    String own = pem(identity.certificate());
    try (InputStream aws = AwsTls.class.getResourceAsStream("aws-authorities.pem")) {
      Files.writeString(folder.resolve(AWS), own + new String(aws.readAllBytes(), US_ASCII));
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
    // Without a password, as the JDK's own is: reading it costs no decryption.
    try (OutputStream out = Files.newOutputStream(folder.resolve(JAVA))) {
      trusted.store(out, null);
    }
    Files.writeString(folder.resolve(PYTHON), bundle);
  }

  private static String pem(Certificate certificate) throws Exception {
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
  }

  /** What has a function trust the authority. */
  Map<String, String> environment(boolean python) {
    String bundle = folder.resolve(PYTHON).toString();
    String trustStore = "-Djavax.net.ssl.trustStore=" + folder.resolve(JAVA);
    return python
        ? Map.of("AWS_CA_BUNDLE", bundle, "SSL_CERT_FILE", bundle)
        : Map.of("AWS_CA_BUNDLE", folder + "/" + AWS, "JAVA_TOOL_OPTIONS", trustStore);
  }

  /** Where a server on loopback is reached by TLS from now on. */
  URI before(URI server) throws IOException {
    SSLServerSocket socket =
        (SSLServerSocket)
            identity.context().getServerSocketFactory().createServerSocket(0, 0, LOOPBACK);
    SSLParameters parameters = socket.getSSLParameters();
    // OpenSSL's servers leave the choice of the cipher to the client, unless told otherwise.
    parameters.setUseCipherSuitesOrder(false);
    socket.setSSLParameters(parameters);
    doors.add(ContainerDoor.open(socket, new Network(LOOPBACK, 8), server));
    return URI.create("https://127.0.0.1:" + socket.getLocalPort());
  }

  @Override
  public void close() throws IOException {
    for (ContainerDoor door : doors) {
      door.close();
    }
    FileUtils.deleteDirectory(folder.toFile());
  }
}
