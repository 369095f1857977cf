package dev.bucketlens.image.resize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.bucketlens.image.Pixels;
import dev.bucketlens.image.ResizeFilter;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
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
    ResampleTable columns = ResampleTable.of(filter, width, 0, width, golden.width());
    ResampleTable rows = ResampleTable.of(filter, height, 0, height, golden.height());
    int lessHigh = height - golden.height();
    int lessWide = width - golden.width();
    boolean columnsFirst = lessHigh <= 0 || lessHigh <= 2 * lessWide;

    Resampler resampler = new Resampler(width, columns, rows, columnsFirst);
    for (int y = 0; y < height; y++) {
      resampler.row(y, Arrays.copyOfRange(source, 3 * width * y, 3 * width * (y + 1)));
    }

    // tf.image.resize keeps fractions between its passes, Pillow rounds; hence one level.
    assertThat(Pixels.largestDifference(resampler.image().pixels(), bytes(golden.file())))
        .isLessThanOrEqualTo(filter == ResizeFilter.TF_BILINEAR ? 1 : 0);
  }

  private static byte[] bytes(String file) throws IOException {
    try (InputStream stream = GoldenResizeTest.class.getResourceAsStream("/golden/" + file)) {
      return stream.readAllBytes();
    }
  }
}
