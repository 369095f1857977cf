package dev.bucketlens.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
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
  private static final String PASSWORD = "loopback";
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /** As the JDK's list is stored: without a password, and not encrypted. */
  private static final List<String> OPEN_STORE =
      List.of(
          "-J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE",
          "-J-Dkeystore.pkcs12.macAlgorithm=NONE",
          "-storetype",
          "PKCS12");

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
    Path identity = folder.resolve("identity.p12");
    Path certificate = folder.resolve("certificate.pem");
    Path trust = trustStore(folder);
    keytool(
        List.of("-genkeypair", "-alias", "loopback", "-keyalg", "RSA", "-keysize", "2048"),
        List.of("-dname", "CN=loopback", "-ext", "san=ip:127.0.0.1", "-ext", "bc:c=ca:true"),
        List.of("-keystore", identity.toString(), "-storepass", PASSWORD));
    keytool(
        List.of("-exportcert", "-rfc", "-alias", "loopback", "-file", certificate.toString()),
        List.of("-keystore", identity.toString(), "-storepass", PASSWORD));
    Files.copy(Path.of(System.getProperty("java.home"), "lib/security/cacerts"), trust);
    keytool(
        List.of("-importcert", "-noprompt", "-alias", "loopback", "-file", certificate.toString()),
        List.of("-keystore", trust.toString(), "-storepass", PASSWORD),
        OPEN_STORE);
    String all = keytool(List.of("-list", "-rfc", "-keystore", trust.toString()), OPEN_STORE);
    Files.writeString(bundle(folder), all);
    return new TlsFront(folder, context(identity).getServerSocketFactory());
  }

  private static Path trustStore(Path folder) {
    return folder.resolve("trust.p12");
  }

  private static Path bundle(Path folder) {
    return folder.resolve("bundle.pem");
  }

  @SafeVarargs
  private static String keytool(List<String>... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
    Stream.of(arguments).forEach(command::addAll);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed: " + output);
    }
    return output;
  }

  private static SSLContext context(Path identity) throws IOException {
    try (InputStream in = Files.newInputStream(identity)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
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

  /** What has Java and Python trust the authority. */
  Map<String, String> environment() {
    String bundle = bundle(folder).toString();
    return Map.of(
        "JAVA_TOOL_OPTIONS",
        "-Djavax.net.ssl.trustStore=" + trustStore(folder),
        "AWS_CA_BUNDLE",
        bundle,
        "SSL_CERT_FILE",
        bundle);
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
