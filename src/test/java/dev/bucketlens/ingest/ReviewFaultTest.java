package dev.bucketlens.ingest;

import static dev.bucketlens.testing.UploadRig.deliver;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Review;
import dev.bucketlens.results.ReviewConflict;
import dev.bucketlens.testing.EchoScorer;
import dev.bucketlens.testing.FaultProxy;
import dev.bucketlens.testing.FaultProxy.Fault;
import dev.bucketlens.testing.TestTable;
import dev.bucketlens.testing.UploadRig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What people say of an image, while its events and faults go on. */
class ReviewFaultTest {
  private static final Review.Done LYNX =
      new Review.Done("lynx", true, "ann", Instant.parse("2026-11-20T09:30:15.123Z"), false);

  @AutoClose private static final UploadRig rig = UploadRig.impatient();
  private final EchoScorer newer = new EchoScorer("m2");
  @AutoClose private final BatchIngest ingest = rig.ingest(new EchoScorer("m1"));
  @AutoClose private final BatchIngest rescoring = rig.ingest(newer);

  @BeforeEach
  void clear() {
    rig.table().clear();
  }

  @AfterEach
  void heal() {
    rig.heal();
  }

  @Test
  void review_shouldSurvive_whenTheSameContentIsScoredAnew() {
    ObjectEvent event = rig.put("kept", "cat");
    deliver(ingest, event);
    assertThat(review("kept", LYNX)).isEmpty();

    assertThat(deliver(rescoring, event)).hasOnlyElementsOfType(Outcome.Classified.class);
    deliver(rescoring, rig.put("kept", "cat"));

    assertThat(item("kept").reviewed()).contains(LYNX);
    assertThat(item("kept").model().hash()).isEqualTo("m2");
  }

  @Test
  void review_shouldFall_whenTheContentIsNew() {
    deliver(ingest, rig.put("new", "cat"));
    review("new", LYNX);

    deliver(ingest, rig.put("new", "dog"));

    assertThat(item("new").review()).isEmpty();
  }

  @Test
  void review_shouldFall_whenTheImageIsDeletedAndComesBack() {
    deliver(ingest, rig.put("back", "cat"));
    review("back", LYNX);
    deliver(ingest, rig.delete("back"));
    deliver(ingest, rig.put("back", "cat"));

    assertThat(item("back").review()).isEmpty();
  }

  @Test
  void review_shouldSurvive_whenItComesWhileTheImageIsScoredAnew() {
    ObjectEvent event = rig.put("meanwhile", "cat");
    deliver(ingest, event);
    AtomicBoolean first = new AtomicBoolean(true);
    newer.before(() -> {
      if (first.getAndSet(false)) {
        assertThat(review("meanwhile", LYNX)).isEmpty();
      }
    });

    assertThat(deliver(rescoring, event)).hasOnlyElementsOfType(Outcome.Classified.class);

    assertThat(item("meanwhile").reviewed()).contains(LYNX);
    assertThat(item("meanwhile").model().hash()).isEqualTo("m2");
  }

  @Test
  void review_shouldStayTakenBack_whenThatComesWhileTheImageIsScoredAnew() {
    ObjectEvent event = rig.put("taken", "cat");
    deliver(ingest, event);
    review("taken", LYNX);
    newer.before(() -> review("taken", new Review.Open(0.9)));

    assertThat(deliver(rescoring, event)).hasOnlyElementsOfType(Outcome.Classified.class);

    assertThat(item("taken").reviewed()).isEmpty();
  }

  static Stream<Arguments> faults() {
    String json = "application/x-amz-json-1.0";
    return Stream.of(
        Arguments.of("500 before the write", FaultProxy.status(500, json, "{}")),
        Arguments.of("500 after the write", FaultProxy.appliedThenStatus(500, json, "{}")),
        Arguments.of("silence after the write", FaultProxy.appliedThenSilence()),
        Arguments.of("no answer before the write", FaultProxy.hangUp()),
        Arguments.of("no answer after the write", FaultProxy.appliedThenHangUp()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void review_shouldBeWritten_whenTheTableFailsInPassing(String name, Fault fault) {
    deliver(ingest, rig.put(name, "cat"));
    rig.tableFaults().setPlan(FaultProxy.first(1, "UpdateItem", fault));

    try (DynamoDbClient client =
        UploadRig.dynamoDb(rig.tableFaults().endpoint(), Duration.ofMillis(500))) {
      ResultStore store = new ResultStore(client, TestTable.NAME, Clock.systemUTC());
      assertThat(store.review(image(name), item(name).version().eTag(), LYNX)).isEmpty();
    }

    assertThat(item(name).reviewed()).contains(LYNX);
    assertThat(rig.table().items()).hasSize(1);
  }

  private static Optional<ReviewConflict> review(String key, Review review) {
    return rig.table()
        .store(Clock.systemUTC())
        .review(image(key), item(key).version().eTag(), review);
  }

  private static String image(String key) {
    return ImageResult.imageOf(UploadRig.BUCKET, key);
  }

  private static ImageResult item(String key) {
    return rig.item(key).orElseThrow();
  }
}
