package dev.bucketlens.results;

import dev.bucketlens.Score;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What was found out about an image. */
public sealed interface Verdict {

  /** The word for it in the table. */
  Status status();

  /** The best score; empty if none was kept, or if there can be none. */
  default Optional<Score> best() {
    return Optional.empty();
  }

  /**
   * The model's answer.
   *
   * @param scores ranked, best first; empty if none passed the minimum score
   * @param width of the upright image in pixels
   * @param height of the upright image in pixels
   * @param warnings sentences about damage that was tolerated
   */
  record Classified(List<Score> scores, int width, int height, List<String> warnings)
      implements Verdict {
    /** Keeps its own copies. */
    public Classified {
      scores = List.copyOf(scores);
      warnings = List.copyOf(warnings);
    }

    /** The answer for an image that is whole. */
    public Classified(List<Score> scores, int width, int height) {
      this(scores, width, height, List.of());
    }

    @Override
    public Status status() {
      return Status.CLASSIFIED;
    }

    @Override
    public Optional<Score> best() {
      return scores.stream().findFirst();
    }
  }

  /**
   * Why the image can never be scored.
   *
   * @param code stable, for programs
   * @param reason one sentence, for people
   */
  record Rejected(String code, String reason) implements Verdict {
    /** Both parts are needed. */
    public Rejected {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public Status status() {
      return Status.REJECTED;
    }
  }

  /**
   * A tombstone.
   *
   * @param expiresAt when the table may forget it
   */
  record Deleted(Instant expiresAt) implements Verdict {
    /** A tombstone always ends. */
    public Deleted {
      Objects.requireNonNull(expiresAt, "expiresAt");
    }

    @Override
    public Status status() {
      return Status.DELETED;
    }
  }
}
