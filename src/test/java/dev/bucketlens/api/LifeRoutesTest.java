package dev.bucketlens.api;

import static dev.bucketlens.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bucketlens.Score;
import dev.bucketlens.classify.Validation;
import dev.bucketlens.results.Attempt;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Shadow;
import dev.bucketlens.results.Verdict;
import dev.bucketlens.results.WriteCondition;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the API tells of a model at work: beside its shadow, and beside its validation. */
class LifeRoutesTest {
  private static final ModelRef SHADOW = new ModelRef("next", "ba9876543210");
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private ApiFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = ApiFixture.start(80);
  }

  @AfterEach
  void stop() throws Exception {
    fixture.close();
  }

  @Test
  void comparison_shouldBeEmpty_withoutAShadow() {
    put("a", ApiFixture.MODEL, "cat", 0.9f, now);

    assertThat(json(fixture.get("/comparison")))
        .containsEntry("compared", 0)
        .containsEntry("agreement", null)
        .containsEntry("disagreements", List.of());
  }

  @Test
  void comparison_shouldTellHowOftenAndWhereTheTwoDisagree() {
    shadow(put("a", ApiFixture.MODEL, "cat", 0.9f, now), SHADOW, "cat");
    shadow(put("b", ApiFixture.MODEL, "dog", 0.6f, now.minusSeconds(1)), SHADOW, "fox");
    shadow(put("c", ApiFixture.MODEL, "cat", 0.8f, now.minusSeconds(2)), SHADOW, "cat");
    put("d", ApiFixture.MODEL, "cat", 0.9f, now.minusSeconds(3));
    shadow(
        put("e", ApiFixture.MODEL, "cat", 0.9f, now.minusSeconds(4)),
        new ModelRef("last month's", "000000000000"),
        "dog");

    Map<String, Object> answer = json(fixture.get("/comparison"));

    assertThat(answer)
        .containsEntry("compared", 3)
        .containsEntry("agreed", 2)
        .containsEntry("since", now.minusSeconds(2).toString())
        .containsEntry("shadow", Map.of("name", "next", "hash", "ba9876543210"));
    assertThat((Double) answer.get("agreement")).isCloseTo(2 / 3.0, within(1e-6));
    assertThat(answer.get("disagreements"))
        .isEqualTo(
            List.of(
                Map.of(
                    "image", "s3://images/b",
                    "label", "dog",
                    "score", 0.6,
                    "shadowLabel", "fox",
                    "shadowScore", 0.5)));
  }

  @Test
  void image_shouldShowItsShadow() {
    shadow(put("a", ApiFixture.MODEL, "cat", 0.9f, now), SHADOW, "fox");

    assertThat(json(fixture.get("/images/images/a")))
        .containsEntry(
            "shadow",
            Map.of(
                "model",
                Map.of("name", "next", "hash", "ba9876543210"),
                "label",
                "fox",
                "score",
                0.5));
  }

  @Test
  void quality_shouldTellWhatIsExpected_withoutAValidationToo() {
    put("a", ApiFixture.MODEL, "cat", 0.9f, now);
    put("b", ApiFixture.MODEL, "dog", 0.3f, now);
    put("c", new ModelRef("old", "111111111111"), "dog", 0.1f, now);

    Map<?, ?> quality = json(fixture.get("/quality"));
    @SuppressWarnings("unchecked") // as JSON has it
    Map<String, Object> answer = (Map<String, Object>) quality.get("drift");

    assertThat(answer)
        .containsEntry("validation", null)
        .containsEntry("counted", 2)
        .containsEntry("complete", true)
        .containsEntry("lowConfidence", 0.5);
    assertThat((Double) answer.get("expectedAccuracy")).isCloseTo(0.6, within(1e-6));
    assertThat((List<?>) answer.get("days")).hasSize(1);
  }

  @Test
  void quality_shouldHoldTheLabelsAgainstTheValidation() {
    put("a", ApiFixture.MODEL, "cat", 0.9f, now);
    put("b", ApiFixture.MODEL, "cat", 0.7f, now);
    Validation validation = new Validation(100, 0.9, 0.1, 0.8, Map.of("dog", 0.75, "cat", 0.25));
    Drift drift =
        new Drift(
            new NewestImages(fixture.store, Clock.systemUTC()),
            ApiFixture.MODEL,
            Optional.of(validation));

    Map<String, Object> answer = drift.json();

    assertThat(answer)
        .containsEntry("lowConfidence", 0.5)
        .containsEntry(
            "labels",
            List.of(
                Map.of("label", "cat", "share", 1.0, "validation", 0.25),
                Map.of("label", "dog", "share", 0.0, "validation", 0.75)));
  }

  private ImageResult put(String key, ModelRef model, String label, float score, Instant at) {
    ImageResult result =
        new ImageResult(
                "s3://images/" + key,
                new ObjectVersion(new Sequencer("01"), "e", null, 1),
                model,
                at,
                new Verdict.Classified(List.of(new Score(label, score)), 1, 1))
            .by(Attempt.of("request"));
    fixture.store.put(result, new WriteCondition.Newest());
    return result;
  }

  private void shadow(ImageResult result, ModelRef model, String label) {
    fixture.store.addShadow(result, new Shadow(model, Optional.of(new Score(label, 0.5f))));
  }
}
