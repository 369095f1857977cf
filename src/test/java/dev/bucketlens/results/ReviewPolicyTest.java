package dev.bucketlens.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.Score;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whom people are asked about, when they have answered before. */
class ReviewPolicyTest {
  private static final ReviewPolicy UNSURE = new ReviewPolicy(0.5f, 0);
  private static final ReviewPolicy EVERY_IMAGE = new ReviewPolicy(0.5f, 1);

  @Test
  void asked_shouldTakeAReviewIntoTheRandomShare_whenTheShareHasGrown() {
    ImageResult reviewed = reviewed(false);

    assertThat(reviewed.asked(UNSURE).reviewed()).map(Review.Done::sampled).contains(false);
    assertThat(reviewed.asked(EVERY_IMAGE)).isEqualTo(reviewed(true));
  }

  @Test
  void asked_shouldLeaveAReviewInTheRandomShare_whenTheShareHasShrunk() {
    assertThat(reviewed(true).asked(UNSURE)).isEqualTo(reviewed(true));
  }

  private static ImageResult reviewed(boolean sampled) {
    Review review = new Review.Done("lynx", true, "ann", Instant.EPOCH, sampled);
    return new ImageResult(
        "s3://b/k",
        new ObjectVersion(new Sequencer("1"), "e1", null, 7),
        new ModelRef("lens", "a"),
        Instant.EPOCH,
        Optional.empty(),
        new Verdict.Classified(List.of(new Score("cat", 0.3f)), 40, 30),
        new Opinions(Optional.empty(), Optional.empty(), Optional.of(review)));
  }
}
