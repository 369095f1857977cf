package dev.bucketlens.image.resize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.image.Aspect;
import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.ImageInfo;
import dev.bucketlens.image.PixelRequest;
import dev.bucketlens.image.Pixels;
import dev.bucketlens.image.ResizeFilter;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every filter, up and down and at odd sizes, against Pillow and TensorFlow. */
final class GoldenResizeTest {

  record Golden(List<Resize> resize) {}

  record Resize(
      String source,
      int sourceWidth,
      int sourceHeight,
      String resize,
      int width,
      int height,
      String file) {

    @Override
    public String toString() {
      return file;
    }
  }

  static Stream<Resize> resizes() throws IOException {
    return JSON.std.beanFrom(Golden.class, bytes("index.json")).resize().stream();
  }

  @ParameterizedTest
  @MethodSource("resizes")
  void resize_shouldGivePillowsPixels(Resize golden) throws Exception {
    ResizeFilter filter =
        ResizeFilter.valueOf(golden.resize().toUpperCase(Locale.ROOT).replace('-', '_'));
    int width = golden.sourceWidth();
    int height = golden.sourceHeight();
    byte[] source = bytes(golden.source());
    ImageInfo info = new ImageInfo(ImageFormat.PNG, width, height);
    PixelRequest request =
        new PixelRequest(golden.width(), golden.height(), filter, new Aspect.Stretch(), 0, false);
    StoredFraming framing =
        StoredFraming.of(
            Framing.of(info, request), info, Orientation.UPRIGHT, width, height, filter);

    byte[] resized =
        TestResizer.resize(new RandomResizes.Resize(golden.file(), framing, 3, source), false);

    // tf.image.resize keeps fractions between its passes, Pillow rounds; hence one level.
    assertThat(Pixels.largestDifference(resized, bytes(golden.file())))
        .isLessThanOrEqualTo(filter == ResizeFilter.TF_BILINEAR ? 1 : 0);
  }

  private static byte[] bytes(String file) throws IOException {
    try (InputStream stream = GoldenResizeTest.class.getResourceAsStream("/golden/" + file)) {
      return stream.readAllBytes();
    }
  }
}
