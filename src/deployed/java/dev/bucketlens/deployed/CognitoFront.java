package dev.bucketlens.deployed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Cognito's sign-in domain over TLS, as the template and the page know it: the emulator serves all
 * domains at its own address without TLS.
 */
final class CognitoFront implements AutoCloseable {

  private static final char[] PASSWORD = "password".toCharArray();
  private static final Set<String> PASSED_ON =
      Set.of("location", "content-type", "access-control-allow-origin", "set-cookie");

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final HttpsServer server;
  private final URI emulator;

  private CognitoFront(HttpsServer server, URI emulator) {
    this.server = server;
    this.emulator = emulator;
  }

  /** Starts on loopback, with a certificate that only a browser of a test accepts. */
  static CognitoFront start(URI emulator, Path folder) {
    try {
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(tls(folder)));
      CognitoFront front = new CognitoFront(server, emulator);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext("/", front::pass);
      server.start();
      return front;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("Cognito's domain did not start", e);
    }
  }

  private static SSLContext tls(Path folder) throws IOException, GeneralSecurityException {
    Path file = folder.resolve("cognito.p12").toAbsolutePath();
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Command.run(
        Map.of(),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            "cognito",
            "-dname",
            "CN=amazoncognito.com",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            file.toString()));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(file)) {
      keys.load(stream, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(emulator.resolve(exchange.getRequestURI().toString()))
              .method(method, BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()));
      String type = exchange.getRequestHeaders().getFirst("content-type");
      if (type != null) {
        request.header("content-type", type);
      }
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      answer
          .headers()
          .map()
          .forEach((name, values) -> {
            if (PASSED_ON.contains(name.toLowerCase(Locale.ROOT))) {
              exchange.getResponseHeaders().put(name, values);
            }
          });
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      if (answer.body().length > 0) {
        exchange.getResponseBody().write(answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Has a browser find every domain of Cognito's here. */
  String[] browserOptions() {
    return new String[] {
      "--host-resolver-rules=MAP *.amazoncognito.com 127.0.0.1:" + server.getAddress().getPort(),
      "--ignore-certificate-errors",
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
