package dev.bucketlens.api;

import static dev.bucketlens.api.ApiFixture.UNSURE;
import static dev.bucketlens.api.ApiFixture.json;
import static dev.bucketlens.api.ApiFixture.keys;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.results.ReviewPolicy;
import dev.bucketlens.results.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reviews are asked for, written and listed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReviewsRouteTest {
  @AutoClose private final ApiFixture fixture = ApiFixture.start(80);

  @BeforeEach
  void empty() {
    fixture.table.clear();
  }

  @Test
  void queue_shouldHoldWhatIsUnsure_leastSureFirst() {
    fixture.putCat("a", 0.4f, UNSURE);
    fixture.putCat("b", 0.1f, UNSURE);
    fixture.putCat("sure", 0.9f, UNSURE);
    fixture.putCat("c", 0.2f, UNSURE);

    ApiResponse first = fixture.get("/images", "review", "open", "limit", "2");
    String cursor = json(first).get("cursor").toString();
    ApiResponse second = fixture.get("/images", "review", "open", "limit", "2", "cursor", cursor);

    assertThat(keys(first)).containsExactly("b", "c");
    assertThat(keys(second)).containsExactly("a");
  }

  @Test
  void queue_shouldHoldTheRandomShareFirst() {
    fixture.putCat("unsure", 0.1f, UNSURE);
    fixture.putCat("sampled", 0.9f, new ReviewPolicy(0.5f, 1));

    assertThat(keys(fixture.get("/images", "review", "open"))).containsExactly("sampled", "unsure");
  }

  @Test
  void review_shouldTakeTheImageFromTheQueue_andShowIt() {
    fixture.putCat("cat.jpg", 0.3f, UNSURE);

    Map<String, Object> answer = json(fixture.review("cat.jpg", "e1", "\"lynx\""));

    assertThat(answer).containsEntry("image", "s3://images/cat.jpg");
    assertThat(keys(fixture.get("/images", "review", "open"))).isEmpty();
    assertThat(keys(fixture.get("/images", "review", "done"))).containsExactly("cat.jpg");
    assertThat((Map<?, ?>) json(fixture.get("/images/images/cat.jpg")).get("review"))
        .isEqualTo(answer.get("review"))
        .hasFieldOrPropertyWithValue("label", "lynx")
        .hasFieldOrPropertyWithValue("known", true)
        .hasFieldOrPropertyWithValue("by", "anonymous");
  }

  @ParameterizedTest
  @CsvSource({"null, true", "\"ein Luchs\", false"})
  void review_shouldTakeWhatTheModelDoesNotKnow_andMarkIt(String label, boolean known) {
    fixture.putCat("cat.jpg", 0.3f, UNSURE);

    assertThat((Map<?, ?>) json(fixture.review("cat.jpg", "e1", label)).get("review"))
        .hasFieldOrPropertyWithValue("known", known);
  }

  @Test
  void review_shouldTellTheSecondReviewer_whatTheFirstHadSaid() {
    fixture.putCat("cat.jpg", 0.3f, UNSURE);

    Map<String, Object> first = json(fixture.review("cat.jpg", "e1", "\"lynx\""));
    Map<String, Object> second = json(fixture.review("cat.jpg", "e1", "null"));

    assertThat(first).doesNotContainKey("replaced");
    assertThat(second.get("replaced")).isEqualTo(first.get("review"));
  }

  @Test
  void review_shouldBeTakenBack_andAskedAgain() {
    fixture.putCat("cat.jpg", 0.3f, UNSURE);
    fixture.review("cat.jpg", "e1", "\"lynx\"");

    ApiResponse response =
        fixture.post(
            "/reviews",
            "{\"image\": \"s3://images/cat.jpg\", \"eTag\": \"e1\", \"withdraw\": true}");

    assertThat(response.status()).isEqualTo(200);
    assertThat(keys(fixture.get("/images", "review", "open"))).containsExactly("cat.jpg");
    assertThat(keys(fixture.get("/images", "review", "done"))).isEmpty();
  }

  @Test
  void review_shouldBeRefused_whenThereIsNoneToTakeBack() {
    fixture.putCat("sure.jpg", 0.9f, UNSURE);

    ApiResponse response =
        fixture.post(
            "/reviews",
            "{\"image\": \"s3://images/sure.jpg\", \"eTag\": \"e1\", \"withdraw\": true}");

    assertThat(response.status()).isEqualTo(409);
    assertThat(json(response)).containsEntry("code", "NOT_REVIEWED");
    assertThat(keys(fixture.get("/images", "review", "open"))).isEmpty();
  }

  @Test
  void reviews_shouldBeAnsweredOneByOne() {
    fixture.putCat("cat.jpg", 0.3f, UNSURE);

    Map<String, Object> answer =
        json(
            fixture.post(
                "/reviews",
                """
                {"reviews": [{"image": "s3://images/none.jpg", "eTag": "e1", "label": "lynx"},
                             {"image": "s3://images/cat.jpg", "eTag": "e1", "label": null}]}
                """));

    assertThat((List<?>) answer.get("reviews"))
        .satisfiesExactly(
            it -> assertThat(it.toString()).contains("NOT_FOUND"),
            it -> assertThat(it.toString()).contains("review").doesNotContain("error"));
  }

  @Test
  void review_shouldBeRefused_whenTheObjectIsAnother() {
    fixture.putCat("cat.jpg", 0.3f, UNSURE);

    assertThat(code(fixture.review("cat.jpg", "e0", "\"lynx\""))).isEqualTo("409 CONTENT_CHANGED");
    assertThat(json(fixture.get("/images/images/cat.jpg")).get("review").toString())
        .contains("open");
  }

  @Test
  void review_shouldBeRefused_whenThereIsNothingToReview() {
    fixture.put("gone.jpg", new Verdict.Deleted(Instant.now().plusSeconds(1000)), UNSURE);
    fixture.put("text.jpg", new Verdict.Rejected("NOT_AN_IMAGE", "It is none."), UNSURE);

    assertThat(code(fixture.review("none.jpg", "e1", "\"lynx\""))).isEqualTo("404 NOT_FOUND");
    assertThat(code(fixture.review("gone.jpg", "e1", "\"lynx\""))).isEqualTo("410 DELETED");
    assertThat(code(fixture.review("text.jpg", "e1", "\"lynx\""))).isEqualTo("409 NOT_CLASSIFIED");
  }

  @Test
  void review_shouldBeRefused_whenTheLabelIsNone() {
    fixture.putCat("cat.jpg", 0.3f, UNSURE);

    assertThat(code(fixture.review("cat.jpg", "e1", '"' + "x".repeat(10_000) + '"')))
        .isEqualTo("400 INVALID_FIELD");
    assertThat(code(fixture.review("cat.jpg", "e1", "\"  \""))).isEqualTo("400 INVALID_FIELD");
    assertThat(code(fixture.review("cat.jpg", "e1", "7"))).isEqualTo("400 INVALID_FIELD");
    assertThat(code(fixture.review("cat.jpg", "e1", "\"a\\u0000b\"")))
        .isEqualTo("400 INVALID_FIELD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"image\": \"cat.jpg\", \"eTag\": \"e1\", \"label\": null}",
        "{\"image\": \"s3://images/cat.jpg\", \"label\": null}",
        "{\"image\": \"s3://images/cat.jpg\", \"eTag\": \"e1\"}",
        "{\"image\": \"s3://images/cat.jpg\", \"eTag\": \"e1\", \"label\": null, \"withdraw\":"
            + " true}",
        // A no-break space, and nothing of any width; two lines.
        "{\"image\": \"s3://images/cat.jpg\", \"eTag\": \"e1\", \"label\": \"\\u00a0\\u200b\"}",
        "{\"image\": \"s3://images/cat.jpg\", \"eTag\": \"e1\", \"label\": \"a\\u2028b\"}",
        // Half of a surrogate pair, which nothing can write.
        "{\"image\": \"s3://images/cat.jpg\", \"eTag\": \"e1\", \"label\": \"\\ud800\"}",
        "{\"image\": \"s3://images/\\udc00\", \"eTag\": \"e1\", \"label\": null}",
        "{\"image\": \"s3://images/cat.jpg\", \"eTag\": \"\\ud800x\", \"label\": null}",
        "{\"reviews\": []}",
        "{\"reviews\": [7]}",
        "{\"reviews\": [], \"image\": \"s3://images/cat.jpg\"}"
      })
  void review_shouldBeRefused_whenTheBodyIsNone(String body) {
    assertThat(fixture.post("/reviews", body).status()).isEqualTo(400);
  }

  private static String code(ApiResponse response) {
    return response.status() + " " + json(response).get("code");
  }
}
