package dev.bucketlens.api;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.classify.Classifier;
import dev.bucketlens.fetch.UrlFetcher;
import dev.bucketlens.local.LocalS3;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.testing.Loopback;
import dev.bucketlens.testing.TestTable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;

/**
 * The API with everything real behind it: model, table, S3, and a fetcher that reaches loopback.
 */
final class ApiFixture implements AutoCloseable {

  static final String BUCKET = "images";
  static final URI ORIGIN = URI.create("https://photos.example");
  static final BucketSettings BUCKET_SETTINGS =
      new BucketSettings(BUCKET, "uploads/", "", 20_000_000, Duration.ofMinutes(5), true, true);
  static final Path PHOTOS = Path.of("src/test/resources/golden/photos");

  static final ModelRef MODEL = new ModelRef("efficientnet-lite0", "0123456789ab");

  final TestTable table = TestTable.start();
  final ResultStore store = table.store(Clock.systemUTC());
  final Classifier classifier;
  final LocalS3 s3;
  final UrlFetcher fetcher;
  final S3Signer signer;
  final Api api;

  private ApiFixture(int fetchPort) throws Exception {
    classifier = Classifier.open(Path.of("model/efficientnet-lite0.tflite"));
    s3 = LocalS3.inMemory(0, change -> {});
    fetcher =
        UrlFetcher.create(
            Loopback.settings(fetchPort, 2_000_000, Duration.ofSeconds(20)),
            host -> List.of(InetAddress.getLoopbackAddress()));
    signer =
        new S3Signer(
            Region.US_EAST_1,
            s3.endpoint(),
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(LocalS3.ACCESS_KEY, LocalS3.SECRET_KEY)),
            Clock.systemUTC());
    api = deployed(new Access.Open(), BUCKET_SETTINGS, Clock.systemUTC());
  }

  /** The same parts, deployed with other settings. */
  Api deployed(Access access, BucketSettings bucket, Clock clock) {
    return new Api(
        new ApiServices(classifier, MODEL, store, fetcher, fetcher, signer, clock),
        new ApiSettings(access, bucket, ORIGIN, "a secret of this test", 4_500_000, 5));
  }

  static ApiFixture start(int fetchPort) throws Exception {
    return new ApiFixture(fetchPort);
  }

  ApiResponse get(String path, String... query) {
    return send("GET", path, query, Map.of(), new byte[0]);
  }

  ApiResponse post(String path, String json) {
    return send(
        "POST",
        path,
        new String[0],
        Map.of("content-type", "application/json"),
        json.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends; {@code query} alternates names and values. */
  ApiResponse send(
      String method, String path, String[] query, Map<String, String> headers, byte[] body) {
    Map<String, String> parameters = new java.util.LinkedHashMap<>();
    for (int i = 0; i < query.length; i += 2) {
      parameters.put(query[i], query[i + 1]);
    }
    return api.handle(new ApiRequest(method, path, parameters, headers, body));
  }

  static Map<String, Object> json(ApiResponse response) {
    try {
      return JSON.std.mapFrom(response.body());
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + response.body(), e);
    }
  }

  static byte[] photo(String name) throws IOException {
    return Files.readAllBytes(PHOTOS.resolve(name));
  }

  @Override
  public void close() throws IOException {
    fetcher.close();
    classifier.close();
    s3.close();
    table.close();
  }
}
