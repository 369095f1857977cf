package dev.bucketlens.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of file, against the pixels that Pillow gives, and every kind of refusal. */
final class CorpusTest {

  private static final ImageDecoder DECODER = ImageDecoder.open(ImageLimits.defaults());

  static Stream<Corpus.Image> images() {
    return Corpus.load().images().stream();
  }

  static Stream<Corpus.Reject> rejects() {
    return Corpus.load().rejects().stream();
  }

  @ParameterizedTest
  @MethodSource("images")
  void decode_shouldGivePillowsPixels_atFullSize(Corpus.Image image) throws ImageRejectedException {
    DecodedImage decoded = decode(image, image.width(), image.height());

    assertThat(decoded.info())
        .isEqualTo(
            new ImageInfo(ImageFormat.valueOf(image.format()), image.width(), image.height()));
    assertThat(Pixels.largestDifference(decoded.pixels().pixels(), Corpus.bytes(image.pixels())))
        .isLessThanOrEqualTo(image.tolerance());
  }

  @ParameterizedTest
  @MethodSource("images")
  void decode_shouldWarnOnlyOfDamage(Corpus.Image image) throws ImageRejectedException {
    List<String> warnings = decode(image, 32, 32).warnings();

    if (image.warning() == null) {
      assertThat(warnings).isEmpty();
    } else {
      assertThat(warnings).singleElement().asString().contains(image.warning());
    }
  }

  @ParameterizedTest
  @MethodSource("rejects")
  void decode_shouldRefuseWithCodeAndSentence(Corpus.Reject reject) {
    ImageRejectedException refusal =
        catchThrowableOfType(
            ImageRejectedException.class,
            () -> DECODER.decode(Corpus.bytes(reject.file()), PixelRequest.ofSize(224, 224)));

    assertThat(refusal.code()).isEqualTo(RejectionCode.valueOf(reject.code()));
    assertThat(refusal).hasMessageContaining(reject.says()).hasMessageEndingWith(".");
  }

  private static DecodedImage decode(Corpus.Image image, int width, int height)
      throws ImageRejectedException {
    return DECODER.decode(Corpus.bytes(image.file()), PixelRequest.ofSize(width, height));
  }
}
