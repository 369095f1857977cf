package dev.bucketlens.ingest;

import dev.bucketlens.results.ImageResult;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Which uploads the shadow model scores too. The key decides, by a hash: the same photo always is
 * in the sample or never, in every worker and at every try.
 *
 * @param percent of the keys, 0 to 100
 */
public record ShadowSample(int percent) {
  private static final int PERCENTS = 100;

  /** Refuses what is no percentage. */
  public ShadowSample {
    if (percent < 0 || percent > PERCENTS) {
      throw new IllegalArgumentException("percent is " + percent + "; expected 0 to 100");
    }
  }

  boolean contains(ImageResult result) {
    CRC32 hash = new CRC32();
    hash.update(result.key().getBytes(StandardCharsets.UTF_8));
    return hash.getValue() % PERCENTS < percent;
  }
}
