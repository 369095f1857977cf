package dev.bucketlens.image.resize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.ImageInfo;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.PixelRequest;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.ResizeFilter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

final class ResizerTest {

  /** Seconds' worth; {@code -Dresizes=300000} is the long run of docs/parity.md. */
  private static final int RESIZES = Integer.getInteger("resizes", 4_000);

  private static final ResizeLibrary LIBRARY = TestResizer.library();

  @Test
  void resize_shouldEqualPillowsFormulas_whateverTheRequest() throws Exception {
    RandomResizes resizes = new RandomResizes(Long.getLong("seed", 1));

    for (int i = 0; i < RESIZES; i++) {
      RandomResizes.Resize resize = resizes.next();
      byte[] expected =
          PillowResize.resize(resize.framing(), resize.channels(), resize.pixels()).pixels();

      assertThat(TestResizer.resize(resize, false)).as("%s", resize).isEqualTo(expected);
      assertThat(TestResizer.resize(resize, true)).as("plain %s", resize).isEqualTo(expected);
    }
  }

  @Test
  void image_shouldBeRefusedAsTruncated_whenRowsAreMissing() {
    try (Arena arena = Arena.ofConfined()) {
      Resizer resizer = Resizer.open(arena, LIBRARY, framing(8, 8), Channels.of(3));
      for (int y = 0; y < 7; y++) {
        resizer.row(y, new byte[24]);
      }

      assertThatThrownBy(resizer::image)
          .isInstanceOfSatisfying(
              ImageRejectedException.class,
              e -> assertThat(e.code()).isEqualTo(RejectionCode.TRUNCATED));
    }
  }

  @Test
  void row_shouldBeRefused_whenOneBeforeItIsMissing() {
    try (Arena arena = Arena.ofConfined()) {
      Resizer resizer = Resizer.open(arena, LIBRARY, framing(8, 8), Channels.of(3));
      resizer.row(0, new byte[24]);
      resizer.row(2, new byte[24]);

      assertThatThrownBy(resizer::image).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void rgba_shouldBeRefused_whenItIsTooShort() {
    try (Arena arena = Arena.ofConfined()) {
      Resizer resizer = Resizer.open(arena, LIBRARY, framing(8, 8), Channels.of(3));
      assertThatThrownBy(() -> resizer.rgba(arena.allocate(8 * 8 * 4 - 1), false, 0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("255 bytes are not 8x8 pixels of four");
    }
  }

  @Test
  void rgba_shouldLayEveryAlphaOnTheGround_asPillowRounds() throws Exception {
    try (Arena arena = Arena.ofConfined()) {
      Resizer resizer = Resizer.open(arena, LIBRARY, framing(256, 256), Channels.of(3));
      MemorySegment pixels = arena.allocate(4 * 256 * 256);
      for (int at = 0; at < 256 * 256; at++) {
        pixels.set(ValueLayout.JAVA_BYTE, 4L * at, (byte) (at >> 8));
        pixels.set(ValueLayout.JAVA_BYTE, 4L * at + 3, (byte) at);
      }
      resizer.rgba(pixels, false, 0x20FF00);

      byte[] image = resizer.image().pixels();

      for (int at = 0; at < 256 * 256; at++) {
        int level = at >> 8;
        int alpha = at & 0xFF;
        assertThat(image[3 * at] & 0xFF).isEqualTo(divide(level * alpha + 0x20 * (255 - alpha)));
        assertThat(image[3 * at + 1] & 0xFF).isEqualTo(divide(0xFF * (255 - alpha)));
      }
    }
  }

  /** Division by 255, rounded to the nearest, as in Pillow's {@code paste}. */
  private static int divide(int product) {
    return (product + 128 + ((product + 128) >> 8)) >> 8;
  }

  private static StoredFraming framing(int width, int height) {
    ImageInfo info = new ImageInfo(ImageFormat.PNG, width, height);
    return StoredFraming.of(
        Framing.of(info, PixelRequest.ofSize(width, height)),
        info,
        Orientation.UPRIGHT,
        width,
        height,
        ResizeFilter.BILINEAR);
  }
}
