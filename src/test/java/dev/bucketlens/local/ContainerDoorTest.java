package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.bucketlens.fetch.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ContainerDoorTest {
  private HttpServer service;
  private ServerSocket socket;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    service.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    service.start();
    socket = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void stop() {
    service.stop(0);
  }

  @Test
  void open_shouldCarryRequestsAndAnswers_whenTheyComeFromTheBridge() throws Exception {
    String body = "photo".repeat(100_000);
    try (ContainerDoor _ = open("127.0.0.0/8")) {
      assertThat(post(body)).isEqualTo(body);
      assertThat(post("again")).isEqualTo("again");
    }
  }

  @Test
  void open_shouldLetNobodyElseIn() throws Exception {
    try (ContainerDoor _ = open("172.17.0.0/16")) {
      assertThatThrownBy(() -> post("photo")).isInstanceOf(IOException.class);
    }
  }

  private ContainerDoor open(String guests) {
    URI base = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
    return ContainerDoor.open(socket, Network.parse(guests), base);
  }

  private String post(String body) throws Exception {
    URI door = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    HttpRequest request =
        HttpRequest.newBuilder(door).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }
}
