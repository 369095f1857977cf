package dev.bucketlens.results;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/**
 * Which images people are asked about.
 *
 * @param below images whose best score is less; 0 for none
 * @param sample share of all images that is asked whatever the score, 0 to 1
 */
public record ReviewPolicy(float below, float sample) {
  /** Asks about none. */
  public static final ReviewPolicy OFF = new ReviewPolicy(0, 0);

  /**
   * The question about a verdict, if there is one. The same content under the same key is always in
   * the random share, or never.
   */
  public Optional<Review> ask(String image, ObjectVersion version, Verdict verdict) {
    if (verdict.status() != Status.CLASSIFIED) {
      return Optional.empty();
    }
    if (samples(image, version)) {
      return Optional.of(new Review.Open(place(image, version) - 1));
    }
    double score = score(verdict);
    return score < below ? Optional.of(new Review.Open(score)) : Optional.empty();
  }

  /** Whether this content under this key belongs to the random share. */
  boolean samples(String image, ObjectVersion version) {
    return sample > 0 && place(image, version) < sample;
  }

  /** The question about an image whose review is taken back. */
  public static Review askAgain(ImageResult result) {
    boolean sampled = result.review().filter(Review::sampled).isPresent();
    double order = sampled ? place(result.image(), result.version()) - 1 : score(result.verdict());
    return new Review.Open(order);
  }

  /** An image without any score is the least sure of all. */
  private static double score(Verdict verdict) {
    return verdict.best().map(best -> Math.max(0, best.score())).orElse(0f);
  }

  /** A number from 0 to less than 1 that has nothing to do with what the image shows. */
  private static double place(String image, ObjectVersion version) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((image + '\n' + version.eTag()).getBytes(StandardCharsets.UTF_8));
      return (ByteBuffer.wrap(hash).getInt() & 0xFFFF_FFFFL) / (double) (1L << 32);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
