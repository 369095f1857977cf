package dev.bucketlens.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.Score;
import dev.bucketlens.classify.Classifier;
import dev.bucketlens.fetch.UrlFetcher;
import dev.bucketlens.json.Json;
import dev.bucketlens.local.LocalS3;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.ReviewPolicy;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.results.WriteCondition;
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
import java.time.Instant;
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

  /** People are asked about whatever scores less than a half. */
  static final ReviewPolicy UNSURE = new ReviewPolicy(0.5f, 0);

  static final ModelRef MODEL = new ModelRef("efficientnet-lite0", "0123456789ab");

  final TestTable table = TestTable.start();
  final ResultStore store = table.store(Clock.systemUTC());
  final Classifier classifier;
  final LocalS3 s3;
  final UrlFetcher fetcher;
  final S3Signer signer;
  final Api api;

  /** When the last result was put. */
  private Instant now = Instant.now().minusSeconds(3600);

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

  static ApiFixture start(int fetchPort) {
    try {
      return new ApiFixture(fetchPort);
    } catch (Exception e) {
      throw new AssertionError("The API does not start", e);
    }
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

  /**
   * Puts a result on an object of seven bytes whose eTag is {@code e1}, each a second younger than
   * the one before.
   */
  void put(String key, Verdict verdict) {
    put(key, verdict, ReviewPolicy.OFF);
  }

  /** The same, of which people may be asked. */
  void put(String key, Verdict verdict, ReviewPolicy policy) {
    ImageResult result = result(ImageResult.imageOf(BUCKET, key), verdict).asked(policy);
    assertThat(store.put(result, new WriteCondition.Newest())).isEmpty();
  }

  /** A tabby cat, as sure as {@code score}, of which people may be asked. */
  void putCat(String key, float score, ReviewPolicy policy) {
    put(key, classified("tabby cat", score), policy);
  }

  /** A result that nobody wrote yet. */
  ImageResult result(String image, Verdict verdict) {
    boolean gone = verdict instanceof Verdict.Deleted;
    now = now.plusSeconds(1);
    return new ImageResult(
        image,
        new ObjectVersion(new Sequencer("0F" + now.getEpochSecond()), gone ? null : "e1", null, 7),
        gone ? null : new ModelRef("m", "0123456789ab"),
        now,
        verdict);
  }

  /** Scores of a photo of 640×480, a lynx the second of them. */
  static Verdict classified(String label, float score) {
    return new Verdict.Classified(
        List.of(new Score(label, score), new Score("lynx", 0.0625f)), 640, 480);
  }

  /** Says of an image what it shows, as a person does. */
  ApiResponse review(String key, String eTag, String label) {
    return post(
        "/reviews",
        "{\"image\": %s, \"eTag\": \"%s\", \"label\": %s}"
            .formatted(Json.write(ImageResult.imageOf(BUCKET, key)), eTag, label));
  }

  /** The keys of a page of images. */
  static List<String> keys(ApiResponse page) {
    return ((List<?>) json(page).get("images"))
        .stream().map(image -> ((Map<?, ?>) image).get("key").toString()).toList();
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
