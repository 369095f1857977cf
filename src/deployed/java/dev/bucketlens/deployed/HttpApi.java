package dev.bucketlens.deployed;

import dev.bucketlens.testing.MultipartBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

/**
 * The API of a stack. The emulator tells APIs apart by the host of the request, which is a name of
 * loopback that not every system resolves.
 */
final class HttpApi {
  /**
   * What the emulator now and then answers once where it gave a request to a process that had been
   * ended since the one before. Lambda starts another instead, so it is asked again.
   */
  private static final int BAD_GATEWAY = 502;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;
  private final URI endpoint;

  HttpApi(Stack stack) {
    this.address = URI.create(stack.output("ApiUrl"));
    this.endpoint = stack.aws().endpoint();
  }

  HttpResponse<String> get(String path, Map<String, String> headers) {
    return send(path, headers, HttpRequest.newBuilder().GET());
  }

  HttpResponse<String> get(String path) {
    return get(path, Map.of());
  }

  HttpResponse<String> classify(byte[] image) {
    return send(
        "/classify",
        Map.of("content-type", "application/octet-stream"),
        HttpRequest.newBuilder().POST(BodyPublishers.ofByteArray(image)));
  }

  HttpResponse<String> post(String path, String json) {
    return send(
        path,
        Map.of("content-type", "application/json"),
        HttpRequest.newBuilder().POST(BodyPublishers.ofString(json)));
  }

  /** The status of a presigned form that is sent where it belongs. */
  int form(String url, Map<String, String> fields, byte[] file) {
    MultipartBody body = new MultipartBody();
    fields.forEach(body::field);
    body.file("file", "photo.jpg", file);
    return send(HttpRequest.newBuilder(URI.create(url))
            .header("content-type", body.contentType())
            .POST(BodyPublishers.ofByteArray(body.bytes()))
            .build())
        .statusCode();
  }

  /** The status of a presigned address. */
  int outside(String url) {
    return send(HttpRequest.newBuilder(URI.create(url)).build()).statusCode();
  }

  private HttpResponse<String> send(
      String path, Map<String, String> headers, HttpRequest.Builder request) {
    headers.forEach(request::header);
    request.uri(URI.create(endpoint + path)).header("host", address.getAuthority());
    HttpResponse<String> answer = send(request.build());
    return answer.statusCode() == BAD_GATEWAY ? send(request.build()) : answer;
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** As a browser opens it. */
  URI address() {
    return address;
  }
}
