package dev.bucketlens.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bucketlens.testing.FunctionProcess;
import dev.bucketlens.testing.RuntimeApi.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A function goes through its snapshot in a process of its own, driven by Lambda's own runtime
 * client. One server plays S3, DynamoDB and the giver of credentials, and notes who calls.
 */
final class SnapStartTest {
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private volatile String key = "BEFORE";
  private HttpServer server;
  @TempDir private Path folder;

  private record Call(String key, int port) {}

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/credentials", this::giveCredentials);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void upload_shouldCallWithNewCredentialsAndConnections_whenRestored() throws Exception {
    try (FunctionProcess function = start("dev.bucketlens.lambda.UploadHandler")) {
      function.api().awaitInit();
      assertThat(calls).hasSize(2).allMatch(call -> call.key().equals("BEFORE"));
      List<Integer> portsBefore = calls.stream().map(Call::port).toList();
      calls.clear();
      key = "AFTER";
      function.api().restore();

      Answer answer = function.api().invoke(Files.readString(Path.of("events/sqs-s3-put.json")));

      assertThat(answer.body()).isEqualTo("{\"batchItemFailures\":[]}");
      assertThat(calls).isNotEmpty().allMatch(call -> call.key().equals("AFTER"));
      assertThat(calls).noneMatch(call -> portsBefore.contains(call.port()));
    }
  }

  @Test
  void request_shouldBeAnswered_whenRestored() throws Exception {
    try (FunctionProcess function = start("dev.bucketlens.lambda.ApiHandler")) {
      function.api().awaitInit();
      assertThat(calls).hasSize(1);
      function.api().restore();

      Answer answer =
          function
              .api()
              .invoke(
                  """
                  {"rawPath": "/model", "rawQueryString": "", "headers": {},
                   "requestContext": {"stage": "$default", "http": {"method": "GET"}}}\
                  """);

      assertThat(answer.body()).contains("\"statusCode\":200").contains("efficientnet-lite0");
    }
  }

  private FunctionProcess start(String handler) throws IOException {
    String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
    Map<String, String> environment = new HashMap<>();
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", endpoint + "/credentials");
    environment.put("AWS_ENDPOINT_URL_S3", endpoint);
    environment.put("AWS_ENDPOINT_URL_DYNAMODB", endpoint);
    environment.put("BUCKET", "images");
    environment.put("TABLE", "results");
    environment.put("API_ACCESS", "public");
    return FunctionProcess.start(command(handler), Path.of(""), environment, folder.resolve("log"));
  }

  /** As the managed runtime starts a function with SnapStart, where it matters here. */
  private static List<String> command(String handler) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
        "-cp",
        System.getProperty("java.class.path"),
        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
        handler);
  }

  private void giveCredentials(HttpExchange exchange) throws IOException {
    send(
        exchange,
        200,
        """
        {"AccessKeyId": "%s", "SecretAccessKey": "secret", "Token": "token", "Expiration": "%s"}\
        """
            .formatted(key, Instant.now().plusSeconds(3600)));
  }

  /** DynamoDB has no item and takes each; S3 has no object. */
  private void answer(HttpExchange exchange) throws IOException {
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    calls.add(
        new Call(
            authorization.replaceAll(".*Credential=([^/]*)/.*", "$1"),
            exchange.getRemoteAddress().getPort()));
    boolean dynamoDb = exchange.getRequestHeaders().containsKey("X-Amz-Target");
    send(exchange, dynamoDb ? 200 : 404, dynamoDb ? "{}" : "");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
