package dev.bucketlens.api;

import static dev.bucketlens.api.ApiFixture.UNSURE;
import static dev.bucketlens.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Opinions;
import dev.bucketlens.results.Review;
import dev.bucketlens.results.ReviewPolicy;
import dev.bucketlens.results.WriteCondition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often people and model agree. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QualityRouteTest {
  @AutoClose private final ApiFixture fixture = ApiFixture.start(80);

  @BeforeEach
  void empty() {
    fixture.table.clear();
  }

  @Test
  void quality_shouldTellAgreement_andTheRandomShareAlone() {
    fixture.putCat("right", 0.35f, UNSURE);
    fixture.putCat("wrong", 0.31f, UNSURE);
    fixture.putCat("sampled", 0.95f, new ReviewPolicy(0.5f, 1));
    fixture.review("right", "e1", "\"tabby cat\"");
    fixture.review("wrong", "e1", "\"lynx\"");
    fixture.review("sampled", "e1", "\"tabby cat\"");

    Map<String, Object> quality = json(fixture.get("/quality"));

    assertThat(quality)
        .containsEntry("reviewed", 3)
        .containsEntry("agreed", 2)
        .containsEntry("complete", true);
    assertThat((Map<?, ?>) quality.get("sample"))
        .hasFieldOrPropertyWithValue("reviewed", 1)
        .hasFieldOrPropertyWithValue("accuracy", 1.0);
    assertThat(quality.get("confusion"))
        .isEqualTo(
            List.of(
                Map.of("said", "tabby cat", "guessed", "tabby cat", "count", 2),
                Map.of("said", "lynx", "guessed", "tabby cat", "count", 1)));
    assertThat((List<?>) quality.get("calibration"))
        .satisfiesExactly(
            it ->
                assertThat((Map<?, ?>) it)
                    .hasFieldOrPropertyWithValue("reviewed", 2)
                    .hasFieldOrPropertyWithValue("accuracy", 0.5),
            it -> assertThat((Map<?, ?>) it).hasFieldOrPropertyWithValue("from", 0.9));
  }

  @Test
  void quality_shouldCountTheRandomShare_whenThousandOthersWereReviewedSince() {
    ReviewPolicy all = new ReviewPolicy(0, 1);
    for (String key : List.of("right", "wrong", "taken-back")) {
      fixture.putCat(key, 0.95f, all);
      fixture.review(key, "e1", key.equals("wrong") ? "\"lynx\"" : "\"tabby cat\"");
    }
    fixture.post(
        "/reviews",
        "{\"image\": \"s3://images/taken-back\", \"eTag\": \"e1\", \"withdraw\": true}");
    for (int i = 0; i <= QualityRoute.MOST; i++) {
      putLynxTakenForCat("later-" + i);
    }

    Map<String, Object> quality = json(fixture.get("/quality"));

    assertThat(quality)
        .containsEntry("reviewed", QualityRoute.MOST)
        .containsEntry("agreed", 0)
        .containsEntry("complete", false);
    assertThat((Map<?, ?>) quality.get("sample"))
        .hasFieldOrPropertyWithValue("reviewed", 2)
        .hasFieldOrPropertyWithValue("agreed", 1)
        .hasFieldOrPropertyWithValue("complete", true);
  }

  @Test
  void quality_shouldBeUnknown_whenNothingWasReviewed() {
    assertThat(json(fixture.get("/quality")))
        .containsEntry("reviewed", 0)
        .containsEntry("accuracy", null);
  }

  /** As a review of an unsure image leaves it, in one write. */
  private void putLynxTakenForCat(String key) {
    ImageResult cat =
        fixture.result(
            ImageResult.imageOf(ApiFixture.BUCKET, key), ApiFixture.classified("tabby cat", 0.3f));
    Review lynx = new Review.Done("lynx", true, "ann", Instant.now().plusSeconds(60), false);
    ImageResult reviewed =
        new ImageResult(
            cat.image(),
            cat.version(),
            cat.model(),
            cat.classifiedAt(),
            cat.attempt(),
            cat.verdict(),
            new Opinions(Optional.empty(), Optional.empty(), Optional.of(lynx)));
    assertThat(fixture.store.put(reviewed, new WriteCondition.Newest())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"10, 10, 0.7225, 1", "0, 10, 0, 0.2775", "81, 100, 0.7222, 0.8749"})
  void interval_shouldBeWilsons(int successes, int count, double low, double high) {
    WilsonInterval interval = WilsonInterval.of(successes, count);

    assertThat(interval.low()).isCloseTo(low, within(0.0001));
    assertThat(interval.high()).isCloseTo(high, within(0.0001));
  }
}
