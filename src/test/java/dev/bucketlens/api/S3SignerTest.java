package dev.bucketlens.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.local.LocalS3;
import dev.bucketlens.testing.MultipartBody;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** What is signed here is checked by S3Proxy, which knows the secret and computes for itself. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class S3SignerTest {

  private static final Duration LIFE = Duration.ofMinutes(5);

  private final StaticCredentialsProvider credentials =
      StaticCredentialsProvider.create(
          AwsBasicCredentials.create(LocalS3.ACCESS_KEY, LocalS3.SECRET_KEY));
  private final HttpClient http = HttpClient.newHttpClient();
  private LocalS3 s3;
  private S3Client client;
  private S3Signer signer;

  @BeforeAll
  void start() throws Exception {
    s3 = LocalS3.inMemory(0, change -> {});
    client =
        S3Client.builder()
            .region(Region.US_EAST_1)
            .endpointOverride(s3.endpoint())
            .forcePathStyle(true)
            .credentialsProvider(credentials)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    client.createBucket(request -> request.bucket("images"));
    signer = new S3Signer(Region.US_EAST_1, s3.endpoint(), credentials, Clock.systemUTC());
  }

  @AfterAll
  void stop() throws Exception {
    client.close();
    s3.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.jpg",
        "my photos/été (1).jpg",
        "plus+percent%25.jpg",
        "tilde~*'!.jpg",
        "emoji/🐱",
        "a//b.jpg",
        "a/b/../c.jpg",
        "a/./.c.jpg",
        "/a.jpg",
        "%2e%2E/%"
      })
  void presignGet_shouldReadTheObject_whateverItsKey(String key) throws Exception {
    client.putObject(r -> r.bucket("images").key(key), RequestBody.fromString("a photo"));

    HttpResponse<String> response = get(signer.presignGet("images", key, null, LIFE));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("a photo");
  }

  @Test
  void presignGet_shouldBeRefused_whenTheKeyIsChangedAfterwards() throws Exception {
    client.putObject(r -> r.bucket("images").key("mine"), RequestBody.fromString("mine"));
    client.putObject(r -> r.bucket("images").key("other"), RequestBody.fromString("other"));
    String url = signer.presignGet("images", "mine", null, LIFE).toString();

    assertThat(get(URI.create(url.replace("/mine?", "/other?"))).statusCode()).isEqualTo(403);
  }

  /** Else a browser would load each picture again for each look at the list. */
  @Test
  void presignGet_shouldStayTheSame_untilItsLifeIsOver() {
    Instant start = Instant.parse("2026-05-01T10:00:00Z");
    URI first = signerAt(start).presignGet("images", "a", null, LIFE);

    assertThat(signerAt(start.plusSeconds(299)).presignGet("images", "a", null, LIFE))
        .isEqualTo(first);
    assertThat(signerAt(start.plusSeconds(300)).presignGet("images", "a", null, LIFE))
        .isNotEqualTo(first);
    assertThat(first.toString()).contains("X-Amz-Date=20260501T100000Z", "X-Amz-Expires=600");
  }

  @Test
  void presignGet_shouldCarryTokenAndVersion_whenThereAreSome() {
    StaticCredentialsProvider session =
        StaticCredentialsProvider.create(AwsSessionCredentials.create("id", "secret", "to/ken="));
    S3Signer temporary = new S3Signer(Region.EU_CENTRAL_1, null, session, Clock.systemUTC());

    String url = temporary.presignGet("images", "a b", "v1", LIFE).toString();

    assertThat(url)
        .startsWith("https://images.s3.eu-central-1.amazonaws.com/a%20b?")
        .contains("X-Amz-Security-Token=to%2Fken%3D", "versionId=v1");
  }

  @Test
  void bucketUrl_shouldFollowThePartition() {
    S3Signer china = new S3Signer(Region.CN_NORTH_1, null, credentials, Clock.systemUTC());

    assertThat(china.bucketUrl("images"))
        .hasToString("https://images.s3.cn-north-1.amazonaws.com.cn");
    assertThat(china.bucketUrl("my.images"))
        .hasToString("https://s3.cn-north-1.amazonaws.com.cn/my.images");
  }

  @Test
  void presignPost_shouldLetABrowserUpload() throws Exception {
    Map<String, String> form = form("uploads/one.jpg", 100, Instant.now().plusSeconds(60));

    HttpResponse<String> response = post(form, "a photo".getBytes(StandardCharsets.UTF_8));

    assertThat(response.statusCode()).as(response.body()).isLessThan(300);
    HeadObjectResponse head = client.headObject(r -> r.bucket("images").key("uploads/one.jpg"));
    assertThat(head.contentLength()).isEqualTo(7);
  }

  @Test
  void presignPost_shouldBeRefused_whenTheSignatureIsAnothers() throws Exception {
    Map<String, String> form = form("uploads/two.jpg", 100, Instant.now().plusSeconds(60));
    form.put("x-amz-signature", "0".repeat(64));

    assertThat(post(form, new byte[10]).statusCode()).isEqualTo(403);
  }

  private S3Signer signerAt(Instant instant) {
    return new S3Signer(
        Region.US_EAST_1, s3.endpoint(), credentials, Clock.fixed(instant, ZoneOffset.UTC));
  }

  private Map<String, String> form(String key, long maxBytes, Instant expiresAt) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("key", key);
    fields.put("Content-Type", "image/jpeg");
    fields.put("x-amz-meta-file-name", "cat.jpg");
    return signer.presignPost("images", fields, maxBytes, expiresAt);
  }

  private HttpResponse<String> get(URI url) throws Exception {
    return http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(Map<String, String> form, byte[] file) throws Exception {
    MultipartBody body = new MultipartBody();
    form.forEach(body::field);
    body.file("file", "cat.jpg", file);
    HttpRequest request =
        HttpRequest.newBuilder(signer.bucketUrl("images"))
            .header("Content-Type", body.contentType())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.bytes()))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
