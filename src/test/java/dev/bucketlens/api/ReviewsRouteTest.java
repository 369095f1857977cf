package dev.bucketlens.api;

import static dev.bucketlens.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bucketlens.Score;
import dev.bucketlens.json.Json;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.ReviewPolicy;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.results.WriteCondition;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reviews are asked for, written, listed, exported. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReviewsRouteTest {
  private static final ReviewPolicy UNSURE = new ReviewPolicy(0.5f, 0);

  private ApiFixture fixture;

  @BeforeAll
  void start() throws Exception {
    fixture = ApiFixture.start(80);
  }

  @AfterAll
  void stop() throws Exception {
    fixture.close();
  }

  @BeforeEach
  void empty() {
    fixture.table.clear();
  }

  @Test
  void queue_shouldHoldWhatIsUnsure_leastSureFirst() {
    put("a", 0.4f, UNSURE);
    put("b", 0.1f, UNSURE);
    put("sure", 0.9f, UNSURE);
    put("c", 0.2f, UNSURE);

    Map<String, Object> first = json(fixture.get("/images", "review", "open", "limit", "2"));

    assertThat(keys(first)).containsExactly("b", "c");
    assertThat(
            keys(
                json(
                    fixture.get(
                        "/images",
                        "review",
                        "open",
                        "limit",
                        "2",
                        "cursor",
                        (String) first.get("cursor")))))
        .containsExactly("a");
  }

  @Test
  void queue_shouldHoldTheRandomShareFirst() {
    put("unsure", 0.1f, UNSURE);
    put("sampled", 0.9f, new ReviewPolicy(0.5f, 1));

    assertThat(keys(json(fixture.get("/images", "review", "open"))))
        .containsExactly("sampled", "unsure");
  }

  @Test
  void review_shouldTakeTheImageFromTheQueue_andShowIt() {
    put("cat.jpg", 0.3f, UNSURE);

    Map<String, Object> answer = json(review("cat.jpg", "e1", "\"lynx\""));

    assertThat(answer).containsEntry("image", "s3://images/cat.jpg");
    assertThat(keys(json(fixture.get("/images", "review", "open")))).isEmpty();
    assertThat(keys(json(fixture.get("/images", "review", "done")))).containsExactly("cat.jpg");
    assertThat((Map<?, ?>) json(fixture.get("/images/images/cat.jpg")).get("review"))
        .isEqualTo(answer.get("review"))
        .hasFieldOrPropertyWithValue("label", "lynx")
        .hasFieldOrPropertyWithValue("known", true)
        .hasFieldOrPropertyWithValue("by", "anonymous");
  }

  @ParameterizedTest
  @CsvSource({"null, true", "\"ein Luchs\", false"})
  void review_shouldTakeWhatTheModelDoesNotKnow_andMarkIt(String label, boolean known) {
    put("cat.jpg", 0.3f, UNSURE);

    assertThat((Map<?, ?>) json(review("cat.jpg", "e1", label)).get("review"))
        .hasFieldOrPropertyWithValue("known", known);
  }

  @Test
  void review_shouldTellTheSecondReviewer_whatTheFirstHadSaid() {
    put("cat.jpg", 0.3f, UNSURE);

    Map<String, Object> first = json(review("cat.jpg", "e1", "\"lynx\""));
    Map<String, Object> second = json(review("cat.jpg", "e1", "null"));

    assertThat(first).doesNotContainKey("replaced");
    assertThat(second.get("replaced")).isEqualTo(first.get("review"));
  }

  @Test
  void review_shouldBeTakenBack_andAskedAgain() {
    put("cat.jpg", 0.3f, UNSURE);
    review("cat.jpg", "e1", "\"lynx\"");

    ApiResponse response =
        fixture.post(
            "/reviews",
            "{\"image\": \"s3://images/cat.jpg\", \"eTag\": \"e1\", \"withdraw\": true}");

    assertThat(response.status()).isEqualTo(200);
    assertThat(keys(json(fixture.get("/images", "review", "open")))).containsExactly("cat.jpg");
    assertThat(keys(json(fixture.get("/images", "review", "done")))).isEmpty();
  }

  @Test
  void reviews_shouldBeAnsweredOneByOne() {
    put("cat.jpg", 0.3f, UNSURE);

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
    put("cat.jpg", 0.3f, UNSURE);

    assertThat(code(review("cat.jpg", "e0", "\"lynx\""))).isEqualTo("409 CONTENT_CHANGED");
    assertThat(json(fixture.get("/images/images/cat.jpg")).get("review").toString())
        .contains("open");
  }

  @Test
  void review_shouldBeRefused_whenThereIsNothingToReview() {
    store("gone.jpg", "F1", new Verdict.Deleted(Instant.now().plusSeconds(1000)), UNSURE);
    store("text.jpg", "F1", new Verdict.Rejected("NOT_AN_IMAGE", "It is none."), UNSURE);

    assertThat(code(review("none.jpg", "e1", "\"lynx\""))).isEqualTo("404 NOT_FOUND");
    assertThat(code(review("gone.jpg", "e1", "\"lynx\""))).isEqualTo("410 DELETED");
    assertThat(code(review("text.jpg", "e1", "\"lynx\""))).isEqualTo("409 NOT_CLASSIFIED");
  }

  @Test
  void review_shouldBeRefused_whenTheLabelIsNone() {
    put("cat.jpg", 0.3f, UNSURE);

    assertThat(code(review("cat.jpg", "e1", '"' + "x".repeat(10_000) + '"')))
        .isEqualTo("400 INVALID_FIELD");
    assertThat(code(review("cat.jpg", "e1", "\"  \""))).isEqualTo("400 INVALID_FIELD");
    assertThat(code(review("cat.jpg", "e1", "7"))).isEqualTo("400 INVALID_FIELD");
    assertThat(code(review("cat.jpg", "e1", "\"a\\u0000b\""))).isEqualTo("400 INVALID_FIELD");
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

  @Test
  void csv_shouldHoldOddKeysAndNoFormula() {
    put("=cmd|' /C calc'!A0", 0.3f, UNSURE);
    review("=cmd|' /C calc'!A0", "e1", "\"+1, \\\"quoted\\\"\"");
    put("two\nlines, \"quoted\"", 0.9f, UNSURE);

    String csv = fixture.get("/images", "format", "csv").body();

    assertThat(csv).startsWith("image,bucket,key,status,").endsWith("\r\n");
    assertThat(csv)
        .contains("s3://images/=cmd|' /C calc'!A0,images,'=cmd|' /C calc'!A0,CLASSIFIED,")
        .contains(",DONE,\"'+1, \"\"quoted\"\"\",false,anonymous,")
        .contains("\"two\nlines, \"\"quoted\"\"\"");
  }

  @Test
  void list_shouldBeInTheFormThatIsAskedFor_andNameTheNextPage() {
    put("a", 0.3f, UNSURE);
    put("b", 0.3f, UNSURE);

    ApiResponse csv = accepting("text/html, text/csv;q=0.9, application/json;q=0.5");
    ApiResponse lines = accepting("application/x-ndjson");

    assertThat(csv.headers().get("content-type")).startsWith("text/csv");
    assertThat(csv.headers().get("link")).matches("<\\?cursor=[\\w-]+&limit=1>; rel=\"next\"");
    assertThat(csv.headers().get("vary")).isEqualTo("Accept, Origin");
    assertThat(lines.headers().get("content-type")).isEqualTo("application/jsonl");
    assertThat(lines.body().lines())
        .singleElement()
        .satisfies(it -> assertThat(it).startsWith("{\"image\":\"s3://images/"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/*|application/json",
        "application/xml|application/json",
        "text/*|text/csv; charset=utf-8; header=present",
        "text/csv;q=0|application/json",
        "text/csv;q=0.4, application/*;q=0.5|application/json",
        "application/json;q=0.2, TEXT/CSV;q=0.9|text/csv; charset=utf-8; header=present",
        "application/jsonl;q=0.5, application/json;q=0.5|application/jsonl"
      })
  void form_shouldBeTheOneThatIsAskedForMost(String accept, String contentType) {
    put("one", 0.9f, UNSURE);

    assertThat(accepting(accept).headers().get("content-type")).isEqualTo(contentType);
  }

  @Test
  void quality_shouldTellAgreement_andTheRandomShareAlone() {
    put("right", 0.35f, UNSURE);
    put("wrong", 0.31f, UNSURE);
    put("sampled", 0.95f, new ReviewPolicy(0.5f, 1));
    review("right", "e1", "\"tabby cat\"");
    review("wrong", "e1", "\"lynx\"");
    review("sampled", "e1", "\"tabby cat\"");

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
  void quality_shouldBeUnknown_whenNothingWasReviewed() {
    assertThat(json(fixture.get("/quality")))
        .containsEntry("reviewed", 0)
        .containsEntry("accuracy", null);
  }

  @ParameterizedTest
  @CsvSource({"10, 10, 0.7225, 1", "0, 10, 0, 0.2775", "81, 100, 0.7222, 0.8749"})
  void interval_shouldBeWilsons(int successes, int count, double low, double high) {
    WilsonInterval interval = WilsonInterval.of(successes, count);

    assertThat(interval.low()).isCloseTo(low, within(0.0001));
    assertThat(interval.high()).isCloseTo(high, within(0.0001));
  }

  private ApiResponse accepting(String accept) {
    return fixture.send(
        "GET", "/images", new String[] {"limit", "1"}, Map.of("accept", accept), new byte[0]);
  }

  private ApiResponse review(String key, String eTag, String label) {
    return fixture.post(
        "/reviews",
        "{\"image\": %s, \"eTag\": \"%s\", \"label\": %s}"
            .formatted(Json.write("s3://images/" + key), eTag, label));
  }

  private static String code(ApiResponse response) {
    return response.status() + " " + json(response).get("code");
  }

  private static List<Object> keys(Map<String, Object> page) {
    return ((List<?>) page.get("images"))
        .stream().<Object>map(it -> ((Map<?, ?>) it).get("key")).toList();
  }

  private void put(String key, float score, ReviewPolicy policy) {
    store(
        key, "F1", new Verdict.Classified(List.of(new Score("tabby cat", score)), 64, 48), policy);
  }

  private void store(String key, String sequencer, Verdict verdict, ReviewPolicy policy) {
    boolean gone = verdict instanceof Verdict.Deleted;
    ImageResult result =
        new ImageResult(
                "s3://images/" + key,
                new ObjectVersion(new Sequencer(sequencer), gone ? null : "e1", null, 7),
                gone ? null : new ModelRef("m", "0123456789ab"),
                Instant.now(),
                verdict)
            .asked(policy);
    assertThat(fixture.store.put(result, new WriteCondition.Newest(Optional.empty()))).isEmpty();
  }
}
