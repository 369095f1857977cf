package dev.bucketlens.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifierSettings;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.ingest.BatchIngest;
import dev.bucketlens.ingest.ClassifierScorer;
import dev.bucketlens.ingest.IngestMeter.Count;
import dev.bucketlens.ingest.IngestSettings;
import dev.bucketlens.lambda.TestHandlers;
import dev.bucketlens.local.LocalContext;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.testing.CountingMeter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The whole upload path with the real model between a bucket and a table of some cloud. What it
 * asserts is what the table says after something happened to the bucket.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContractTest {
  static final byte[] CHAMELEON = photo("chameleon.jpg");
  static final byte[] CRAB = photo("crab.jpg");

  private final CountingMeter meter = new CountingMeter();
  private Cloud cloud;
  private Classifier classifier;
  private BatchIngest ingest;
  private ResultStore store;
  private int inferencesBefore;

  /** Opens the cloud; it is closed after the last test. */
  abstract Cloud open() throws Exception;

  @BeforeAll
  void start() throws Exception {
    cloud = open();
    classifier =
        Classifier.open(
            Path.of("model/efficientnet-lite0.tflite"),
            new ClassifierSettings(2, 1, ImageLimits.defaults()));
    store = new ResultStore(cloud.dynamoDb(), cloud.table(), Clock.systemUTC());
    ingest =
        new BatchIngest(
            cloud.s3(),
            store,
            new ClassifierScorer(
                classifier,
                ClassifyOptions.defaults().withMaxResults(3),
                ImageLimits.defaults().maxBytes()),
            Optional.empty(),
            IngestSettings.of(cloud.bucket(), 2),
            meter,
            Clock.systemUTC());
  }

  @AfterAll
  void stop() throws Exception {
    ingest.close();
    classifier.close();
    cloud.close();
  }

  @BeforeEach
  void count() {
    inferencesBefore = meter.get(Count.INFERENCES);
  }

  final Cloud cloud() {
    return cloud;
  }

  /** Puts an object by the SDK's client. */
  final void put(String key, byte[] bytes) {
    cloud.s3().putObject(r -> r.bucket(cloud.bucket()).key(key), RequestBody.fromBytes(bytes));
  }

  final void delete(String key) {
    cloud.s3().deleteObject(r -> r.bucket(cloud.bucket()).key(key));
  }

  /** Hands messages to the function, which is to acknowledge all of them. */
  final void deliver(List<Map<String, Object>> messages) {
    assertThat(call(Map.of("Records", messages))).isEqualTo(Map.of("batchItemFailures", List.of()));
  }

  /** Hands an event to the function and gives its answer. */
  final Map<String, Object> call(Map<String, Object> event) {
    try {
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      TestHandlers.of(ingest)
          .handleRequest(
              new ByteArrayInputStream(JSON.std.asBytes(event)),
              answer,
              new LocalContext("upload", Duration.ofMinutes(1)));
      return JSON.std.mapFrom(answer.toByteArray());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  final ImageResult item(String key) {
    return find(key).orElseThrow();
  }

  final Optional<ImageResult> find(String key) {
    return store.find(ImageResult.imageOf(cloud.bucket(), key));
  }

  /** The best label of a key's item. */
  final String label(String key) {
    return ((Verdict.Classified) item(key).verdict()).scores().getFirst().label();
  }

  /** By this test so far. */
  final int inferences() {
    return meter.get(Count.INFERENCES) - inferencesBefore;
  }

  private static byte[] photo(String name) {
    try (InputStream in = ContractTest.class.getResourceAsStream("/photos/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
