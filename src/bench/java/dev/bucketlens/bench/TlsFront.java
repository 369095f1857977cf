package dev.bucketlens.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.bucketlens.tls.AwsTls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;

/**
 * TLS before servers on loopback that speak without it, by an authority made for the purpose.
 * Clients trust it beside the JDK's own list, which is about as long as the one that they read on
 * AWS.
 */
final class TlsFront implements AutoCloseable {
  private static final String ALIAS = "loopback";
  private static final String PASSWORD = "loopback";
  private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final Path folder;
  private final SSLServerSocketFactory sockets;
  private final List<ServerSocket> fronts = new ArrayList<>();

  private TlsFront(Path folder, SSLServerSocketFactory sockets) {
    this.folder = folder;
    this.sockets = sockets;
  }

  /** Makes the authority, and the lists with it. */
  static TlsFront create() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("bucketlens-tls");
    try {
      KeyStore identity = identity(folder.resolve("identity.p12"));
      trust(folder, identity.getCertificate(ALIAS));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(identity, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return new TlsFront(folder, context.getServerSocketFactory());
    } catch (GeneralSecurityException e) {
      throw new IOException("No authority could be made: " + e, e);
    }
  }

  private static KeyStore identity(Path file)
      throws IOException, InterruptedException, GeneralSecurityException {
    String keytool = Path.of(System.getProperty("java.home"), "bin/keytool").toString();
    String command =
        "-genkeypair -alias %s -keyalg RSA -keysize 2048 -dname CN=loopback -ext san=ip:127.0.0.1"
                .formatted(ALIAS)
            + " -ext bc:c=ca:true -storepass %s -keystore %s".formatted(PASSWORD, file);
    List<String> arguments = new ArrayList<>(List.of(command.split(" ", -1)));
    arguments.addFirst(keytool);
    if (new ProcessBuilder(arguments).inheritIO().start().waitFor() != 0) {
      throw new IOException("keytool made no key");
    }
    return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
  }

  /**
   * Writes the JDK's list with one more certificate, for Java (without a password) and Python; and
   * that one with those of AWS, which Java reads for the clients of AWS.
   */
  private static void trust(Path folder, Certificate own)
      throws IOException, GeneralSecurityException {
    try (InputStream aws = AwsTls.class.getResourceAsStream("aws-authorities.pem")) {
      Files.writeString(ofAws(folder), pem(own) + new String(aws.readAllBytes(), US_ASCII));
    }
    Path known = Path.of(System.getProperty("java.home"), "lib/security/cacerts");
    KeyStore all = KeyStore.getInstance(known.toFile(), "changeit".toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, own);
    for (String alias : Collections.list(all.aliases())) {
      trusted.setCertificateEntry(alias, all.getCertificate(alias));
    }
    try (OutputStream out = Files.newOutputStream(trustStore(folder))) {
      trusted.store(out, null);
    }
    StringBuilder bundle = new StringBuilder();
    for (String alias : Collections.list(trusted.aliases())) {
      bundle.append(pem(trusted.getCertificate(alias)));
    }
    Files.writeString(bundle(folder), bundle);
  }

  private static String pem(Certificate certificate) throws GeneralSecurityException {
    String base64 = PEM.encodeToString(certificate.getEncoded());
    return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
  }

  private static Path ofAws(Path folder) {
    return folder.resolve("aws.pem");
  }

  private static Path trustStore(Path folder) {
    return folder.resolve("trust.p12");
  }

  private static Path bundle(Path folder) {
    return folder.resolve("bundle.pem");
  }

  /** Where a server on loopback is reached by TLS from now on. */
  URI before(URI server) throws IOException {
    ServerSocket front = sockets.createServerSocket(0, 0, LOOPBACK);
    fronts.add(front);
    Thread.ofVirtual().start(() -> accept(front, server.getPort()));
    return URI.create("https://127.0.0.1:" + front.getLocalPort());
  }

  private static void accept(ServerSocket front, int port) {
    try {
      while (true) {
        Socket client = front.accept();
        Socket server = new Socket(LOOPBACK, port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> copy(client, server));
        Thread.ofVirtual().start(() -> copy(server, client));
      }
    } catch (IOException closed) {
      // The end of a front, by its close.
    }
  }

  /** Until one side ends, which ends both: a function that is done takes its connections along. */
  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // As is usual for a connection that is kept alive.
    }
  }

  /**
   * What has our functions trust the authority. On AWS they find whom they connect to among a few
   * authorities of their own, and so they do here.
   */
  Map<String, String> ours() {
    return Map.of(
        "JAVA_TOOL_OPTIONS",
        "-Djavax.net.ssl.trustStore=" + trustStore(folder),
        "AWS_CA_BUNDLE",
        ofAws(folder).toString());
  }

  /** What has Python trust it, in one list as long as its own. */
  Map<String, String> pythons() {
    String bundle = bundle(folder).toString();
    return Map.of("AWS_CA_BUNDLE", bundle, "SSL_CERT_FILE", bundle);
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket front : fronts) {
      front.close();
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
