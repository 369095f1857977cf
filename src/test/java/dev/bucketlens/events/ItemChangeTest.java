package dev.bucketlens.events;

import static dev.bucketlens.events.EventType.CLASSIFIED;
import static dev.bucketlens.events.EventType.DELETED;
import static dev.bucketlens.events.EventType.REJECTED;
import static dev.bucketlens.events.EventType.RESCORED;
import static dev.bucketlens.events.EventType.REVIEWED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.Score;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.Opinions;
import dev.bucketlens.results.Review;
import dev.bucketlens.results.ReviewPolicy;
import dev.bucketlens.results.Sequencer;
import dev.bucketlens.results.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table "What is told" of docs/events.md. */
class ItemChangeTest {
  private static final ImageResult CAT = scored("e1", "a", "cat", 0.9f);
  private static final ImageResult REVIEWED_CAT = reviewed(CAT);
  private static final ImageResult TEXT = rejected("e1", "a");
  private static final ImageResult GONE = gone();

  @ParameterizedTest
  @MethodSource("changes")
  void event_shouldTellWhatChanged(ImageResult before, ImageResult after, EventType told) {
    assertThat(new ItemChange(Optional.ofNullable(before), after).event())
        .isEqualTo(Optional.ofNullable(told));
  }

  private static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of(null, CAT, CLASSIFIED),
        Arguments.of(CAT, later(CAT), null),
        Arguments.of(CAT, scored("e1", "b", "cat", 0.8f), RESCORED),
        Arguments.of(CAT, scored("e1", "b", "cat", 0.9f), RESCORED),
        Arguments.of(CAT, scored("e1", "b", "dog", 0.8f), CLASSIFIED),
        Arguments.of(CAT, scored("e2", "a", "cat", 0.9f), CLASSIFIED),
        Arguments.of(CAT, REVIEWED_CAT, REVIEWED),
        Arguments.of(REVIEWED_CAT, later(REVIEWED_CAT), null),
        Arguments.of(REVIEWED_CAT, CAT.asked(new ReviewPolicy(0, 1)), REVIEWED),
        Arguments.of(CAT.asked(new ReviewPolicy(0, 1)), CAT, null),
        Arguments.of(GONE, CAT, CLASSIFIED),
        Arguments.of(TEXT, CAT, CLASSIFIED),
        Arguments.of(null, TEXT, REJECTED),
        Arguments.of(TEXT, rejected("e1", "b"), null),
        Arguments.of(TEXT, rejected("e2", "a"), REJECTED),
        Arguments.of(CAT, TEXT, REJECTED),
        Arguments.of(CAT, GONE, DELETED),
        Arguments.of(TEXT, GONE, DELETED),
        Arguments.of(GONE, GONE, null),
        Arguments.of(null, GONE, null));
  }

  private static ImageResult scored(String eTag, String model, String label, float score) {
    return result(eTag, model, new Verdict.Classified(List.of(new Score(label, score)), 40, 30));
  }

  private static ImageResult rejected(String eTag, String model) {
    return result(eTag, model, new Verdict.Rejected("NOT_AN_IMAGE", "The file is not an image."));
  }

  private static ImageResult reviewed(ImageResult result) {
    Review review = new Review.Done("lynx", true, "ann", Instant.EPOCH, false);
    return with(result, result.version(), result.classifiedAt(), Optional.of(review));
  }

  private static ImageResult gone() {
    return new ImageResult(
        "s3://b/k",
        new ObjectVersion(new Sequencer("F"), null, null, 0),
        null,
        Instant.EPOCH,
        new Verdict.Deleted(Instant.EPOCH));
  }

  private static ImageResult later(ImageResult result) {
    ObjectVersion version = result.version();
    return with(
        result,
        new ObjectVersion(new Sequencer("F"), version.eTag(), version.versionId(), version.size()),
        result.classifiedAt().plusSeconds(60),
        result.review());
  }

  private static ImageResult with(
      ImageResult result, ObjectVersion version, Instant at, Optional<Review> review) {
    return new ImageResult(
        result.image(),
        version,
        result.model(),
        at,
        result.attempt(),
        result.verdict(),
        new Opinions(result.previous(), result.shadow(), review));
  }

  private static ImageResult result(String eTag, String model, Verdict verdict) {
    return new ImageResult(
        "s3://b/k",
        new ObjectVersion(new Sequencer("1"), eTag, null, 7),
        new ModelRef("lens", model),
        Instant.EPOCH,
        verdict);
  }
}
