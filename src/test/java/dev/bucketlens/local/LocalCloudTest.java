package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.lambda.SettingException;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Status;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.testing.MultipartBody;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The main job, whole: a photo put in the bucket by a real client is an item of the table. */
@Timeout(120)
class LocalCloudTest {

  @RegisterExtension private static final RunningCloud cloud = new RunningCloud();

  @ParameterizedTest
  @CsvSource({
    "cat.png, cat",
    "chameleon.jpg, chameleon",
    "crab.jpg, crab",
    "espresso.jpg, espresso",
    "red-panda.webp, red panda"
  })
  void upload_shouldStoreTheRightLabel_whenAPersonCanNameIt(String photo, String label)
      throws Exception {
    cloud.put("labels/" + photo, sample(photo));

    assertThat(item("labels/" + photo).verdict())
        .isInstanceOfSatisfying(
            Verdict.Classified.class,
            it -> assertThat(it.scores().getFirst().label()).containsIgnoringCase(label));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "my photos/été (1).jpg",
        "a+b %25 100%.jpg",
        "😀.jpg",
        "q?a=b&c#d.jpg",
        "keys//a.jpg",
        "keys/b/../c.jpg",
        "keys/./.d.jpg",
        "/e.jpg"
      })
  void upload_shouldKeepTheKeyAsItIs_whenItHasOddCharacters(String key) throws Exception {
    cloud.put(key, sample("espresso.jpg"));

    assertThat(item(key).status()).isEqualTo(Status.CLASSIFIED);
  }

  /** One is a photo, the other none, and each keeps its own item until it is deleted. */
  @ParameterizedTest
  @CsvSource({"pair/a.jpg, pair//a.jpg", "pair/b, pair/b/c.jpg", "pair/D.jpg, pair/d.jpg"})
  void uploads_shouldHaveItemsOfTheirOwn_whenTheirKeysAreSimilar(String photo, String text)
      throws Exception {
    cloud.put(photo, sample("espresso.jpg"));
    cloud.put(text, "dear diary".getBytes(StandardCharsets.UTF_8));

    assertThat(item(photo).status()).isEqualTo(Status.CLASSIFIED);
    assertThat(rejection(text)).isEqualTo("NOT_AN_IMAGE");

    cloud.get().app().s3().deleteObject(r -> r.bucket(LocalCloud.BUCKET).key(text));
    cloud.get().queue().awaitEmpty();

    assertThat(item(photo).status()).isEqualTo(Status.CLASSIFIED);
    assertThat(item(text).status()).isEqualTo(Status.DELETED);
  }

  @Test
  void upload_shouldKeepTheKeyAsItIs_whenItIsAsLongAsAKeyCanBe() throws Exception {
    String key = "k".repeat(1020) + ".jpg";
    cloud.put(key, sample("espresso.jpg"));

    assertThat(item(key).status()).isEqualTo(Status.CLASSIFIED);
  }

  @Test
  void upload_shouldBeRefused_whenTheKeyClimbsOutOfTheBucket() {
    // As S3 does.
    assertThatThrownBy(() -> cloud.put("../outside.jpg", new byte[1]))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(400));
  }

  @Test
  void upload_shouldStoreWhy_whenTheObjectIsNoImage() throws Exception {
    byte[] photo = sample("espresso.jpg");
    cloud.put("bad/empty.jpg", new byte[0]);
    cloud.put("bad/text.jpg", "dear diary".getBytes(StandardCharsets.UTF_8));
    cloud.put("bad/cut.jpg", Arrays.copyOf(photo, 200));

    assertThat(rejection("bad/empty.jpg")).isEqualTo("EMPTY");
    assertThat(rejection("bad/text.jpg")).isEqualTo("NOT_AN_IMAGE");
    assertThat(rejection("bad/cut.jpg")).isIn("TRUNCATED", "CORRUPT");
    assertThat(cloud.get().queue().deadLetters()).isEmpty();
  }

  @Test
  void upload_shouldStoreAndLeaveAlone_whenTheObjectMarksAFolder() throws Exception {
    cloud.put("album/", new byte[0]);
    cloud.get().queue().awaitEmpty();

    assertThat(
            cloud
                .get()
                .app()
                .s3()
                .headObject(r -> r.bucket(LocalCloud.BUCKET).key("album/"))
                .contentLength())
        .isZero();
    assertThat(cloud.get().app().results().find("s3://" + LocalCloud.BUCKET + "/album/")).isEmpty();
    assertThat(cloud.get().queue().deadLetters()).isEmpty();
  }

  @Test
  void upload_shouldStoreTheWarning_whenDamageWasTolerated() throws Exception {
    byte[] photo = sample("espresso.jpg");
    cloud.put("warned.jpg", Arrays.copyOf(photo, photo.length - 2));

    assertThat(item("warned.jpg").verdict())
        .isInstanceOfSatisfying(
            Verdict.Classified.class,
            verdict ->
                assertThat(verdict.warnings())
                    .containsExactly("The JPEG has no end marker; all of its rows are there."));
  }

  @Test
  void uploads_shouldAllArrive_whenManyComeAtOnce() throws Exception {
    byte[] photo = sample("espresso.jpg");
    try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
      List<Future<?>> uploads = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String key = "many/" + i + ".jpg";
        uploads.add(clients.submit(() -> cloud.put(key, photo)));
      }
      for (Future<?> upload : uploads) {
        upload.get();
      }
    }
    cloud.get().queue().awaitEmpty();

    for (int i = 0; i < 60; i++) {
      assertThat(item("many/" + i + ".jpg").status()).isEqualTo(Status.CLASSIFIED);
    }
    assertThat(cloud.get().queue().deadLetters()).isEmpty();
  }

  @Test
  void delete_shouldLeaveATombstone_whenTheObjectWasScored() throws Exception {
    cloud.put("gone.jpg", sample("espresso.jpg"));
    assertThat(item("gone.jpg").status()).isEqualTo(Status.CLASSIFIED);

    cloud.get().app().s3().deleteObject(r -> r.bucket(LocalCloud.BUCKET).key("gone.jpg"));

    assertThat(item("gone.jpg").status()).isEqualTo(Status.DELETED);
  }

  @Test
  void api_shouldAnswerScores_whenItIsSentBytesAndWhenItIsAsked() throws Exception {
    cloud.put("asked/my photo.jpg", sample("espresso.jpg"));
    cloud.get().queue().awaitEmpty();

    String scored =
        send(
            HttpRequest.newBuilder(cloud.http().resolve("/classify"))
                .header("content-type", "image/jpeg")
                .POST(HttpRequest.BodyPublishers.ofByteArray(sample("espresso.jpg"))));
    String stored =
        send(
            HttpRequest.newBuilder(
                URI.create(cloud.http() + "/images/images/asked/my%20photo.jpg")));

    assertThat(scored).contains("\"label\":\"espresso\"");
    assertThat(stored).contains("\"label\":\"espresso\"");
  }

  @Test
  void item_shouldNameTheRequestThatGaveLeaveToUpload() throws Exception {
    HttpResponse<String> leave =
        answer(
            HttpRequest.newBuilder(cloud.http().resolve("/uploads"))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"contentType\":\"image/jpeg\"}")));
    String requestId = leave.headers().firstValue("x-request-id").orElseThrow();
    Map<String, Object> form = JSON.std.mapFrom(leave.body());

    upload(form, sample("espresso.jpg"));

    ImageResult item = item(form.get("key").toString());
    assertThat(item.status()).isEqualTo(Status.CLASSIFIED);
    assertThat(item.version().provenance().requestId()).isEqualTo(requestId);
    assertThat(item.attempt().orElseThrow().requestId()).isNotEqualTo(requestId);
  }

  /** As a browser does it: the fields in their order, then the file. */
  private static void upload(Map<String, Object> form, byte[] file) throws Exception {
    MultipartBody body = new MultipartBody();
    ((Map<?, ?>) form.get("fields"))
        .forEach((name, value) -> body.field(name.toString(), value.toString()));
    body.file("file", "photo.jpg", file);
    HttpResponse<String> stored =
        answer(
            HttpRequest.newBuilder(URI.create(form.get("url").toString()))
                .header("content-type", body.contentType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes())));
    assertThat(stored.statusCode()).isEqualTo(204);
  }

  @Test
  void start_shouldNameThePort_whenItIsTaken(@TempDir Path other) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Options options =
          Options.from(Map.of("s3.port", Integer.toString(port), "data", other.toString()));

      assertThatThrownBy(() -> LocalCloud.start(options))
          .hasMessage(
              "Port %d for S3 is in use. Stop what uses it, or choose another with -Ds3.port=%d."
                  .formatted(port, port + 1));
    }
  }

  /** A second start meets free ports, and a database that nobody holds. */
  @Test
  void start_shouldStopWhatRunsAlready_whenTheModelCannotBeUsed(@TempDir Path other)
      throws Exception {
    Options options =
        Options.from(
            Map.of(
                "s3.port", freePort(),
                "dynamodb.port", freePort(),
                "http.port", "0",
                "model", other.resolve("none.tflite").toString(),
                "data", other.toString()));

    for (int start = 0; start < 2; start++) {
      assertThatThrownBy(() -> LocalCloud.start(options))
          .isInstanceOf(SettingException.class)
          .hasMessageContaining("none.tflite")
          .hasNoSuppressedExceptions();
    }
  }

  private static String freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(probe.getLocalPort());
    }
  }

  private static String send(HttpRequest.Builder request) throws Exception {
    return answer(request).body();
  }

  private static HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static ImageResult item(String key) throws InterruptedException {
    cloud.get().queue().awaitEmpty();
    Optional<ImageResult> item =
        cloud.get().app().results().find(ImageResult.imageOf(LocalCloud.BUCKET, key));
    return item.orElseThrow(() -> new AssertionError("No item for " + key));
  }

  private static String rejection(String key) throws InterruptedException {
    return ((Verdict.Rejected) item(key).verdict()).code();
  }

  private static byte[] sample(String name) throws IOException {
    try (InputStream photo = LocalCloudTest.class.getResourceAsStream("/photos/" + name)) {
      return photo.readAllBytes();
    }
  }
}
