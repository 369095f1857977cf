package dev.bucketlens.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A short run of {@link DecoderFuzz}; the long one is recorded in docs/security.md. */
final class DecoderFuzzTest {

  private static final int INPUTS = 5_000;

  @Test
  void decode_shouldDecodeOrReject_whateverTheFile() {
    Mutator mutator = new Mutator(DecoderFuzz.seeds(), new SplittableRandom(4));
    DecoderFuzz fuzz = new DecoderFuzz(ImageDecoder.open(ImageLimits.defaults()));

    for (int i = 0; i < INPUTS; i++) {
      fuzz.decode(mutator.next());
    }

    int decoded = fuzz.decoded();
    int rejected = fuzz.rejections().values().stream().mapToInt(Integer::intValue).sum();
    assertThat(decoded + rejected).isEqualTo(INPUTS);
    assertThat(decoded).isGreaterThan(INPUTS / 10);
    assertThat(rejected).isGreaterThan(INPUTS / 10);
  }

  @Test
  void decode_shouldDecodeOrReject_whateverAHeaderRepeats() {
    Map<String, byte[]> files = new HostileHeaders(500_000).files();
    DecoderFuzz fuzz = new DecoderFuzz(ImageDecoder.open(ImageLimits.defaults()));

    files.values().forEach(fuzz::decode);

    int rejected = fuzz.rejections().values().stream().mapToInt(Integer::intValue).sum();
    assertThat(fuzz.decoded() + rejected).isEqualTo(files.size());
    assertThat(fuzz.decoded()).isGreaterThanOrEqualTo(4);
  }
}
