package dev.bucketlens.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bucketlens.testing.JavaProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ImageDecoderTest {

  private static final Path PHOTOS = Path.of("src/local/resources/photos");
  private static final ImageDecoder DECODER = ImageDecoder.open(ImageLimits.defaults());
  private static final int WHITE = 0xFFFFFF;

  @ParameterizedTest
  @ValueSource(strings = {"gibbon.jpg", "red-panda.webp"})
  void decode_shouldGiveNearlyTheSamePixels_whenDecodingIsReduced(String name) throws Exception {
    byte[] photo = Files.readAllBytes(PHOTOS.resolve(name));

    DecodedImage reduced = DECODER.decode(photo, request(new Aspect.Stretch(), WHITE, true));
    DecodedImage full = DECODER.decode(photo, request(new Aspect.Stretch(), WHITE, false));

    assertThat(reduced.info()).isEqualTo(full.info());
    assertThat(Pixels.meanDifference(reduced.pixels().pixels(), full.pixels().pixels()))
        .isBetween(0.01, 3.0);
  }

  @Test
  void decode_shouldCentreThePhotoOnBars_whenLetterboxed() throws Exception {
    RgbImage pixels = decode("png-rgb-8.png", new Aspect.Letterbox(0x102030), WHITE);

    assertThat(pixels.rgb(0, 0)).isEqualTo(0x102030);
    assertThat(pixels.rgb(30, 63)).isEqualTo(0x102030);
    assertThat(pixels.rgb(2, 9)).isEqualTo(0xFFFF00);
  }

  @Test
  void decode_shouldLayTransparencyOnTheBackground() throws Exception {
    RgbImage pixels = decode("png-rgb-alpha-8.png", new Aspect.Stretch(), 0x0A141E);

    assertThat(pixels.rgb(0, 0)).isEqualTo(0x0A141E);
  }

  @Test
  void decode_shouldNameSizeAndLimit_whenAFileIsTooLarge() {
    ImageLimits defaults = ImageLimits.defaults();
    ImageLimits small =
        new ImageLimits(100, 1000, 50, 2, defaults.maxMemory(), defaults.maxScans());
    ImageDecoder decoder = ImageDecoder.open(small);

    assertThatThrownBy(
            () -> decoder.decode(Corpus.bytes("jpeg-baseline.jpg"), PixelRequest.ofSize(8, 8)))
        .isInstanceOfSatisfying(
            ImageRejectedException.class,
            e -> assertThat(e.code()).isEqualTo(RejectionCode.TOO_MANY_BYTES))
        .hasMessageContaining("at most 100 are accepted");
  }

  @Test
  void decode_shouldRefuseBeforeAllocating_whenMemoryWouldNotSuffice() {
    ImageLimits defaults = ImageLimits.defaults();
    ImageLimits tight =
        new ImageLimits(
            defaults.maxBytes(),
            defaults.maxPixels(),
            defaults.maxSide(),
            defaults.minSide(),
            4000,
            defaults.maxScans());
    ImageDecoder decoder = ImageDecoder.open(tight);

    assertThatThrownBy(() ->
            decoder.decode(Corpus.bytes("png-rgb-8-interlaced.png"), PixelRequest.ofSize(8, 8)))
        .isInstanceOf(ImageRejectedException.class)
        .hasMessageContaining("bytes of memory to decode; at most 4,000 are allowed");
  }

  @Test
  void decode_shouldGiveTheSamePixels_fromManyThreads() throws Exception {
    List<Corpus.Image> images = Corpus.load().images();
    List<Future<byte[]>> results = new ArrayList<>();

    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int round = 0; round < 3; round++) {
        for (Corpus.Image image : images) {
          results.add(threads.submit(() -> pixels(image)));
        }
      }
    }

    for (int i = 0; i < results.size(); i++) {
      assertThat(results.get(i).get()).isEqualTo(pixels(images.get(i % images.size())));
    }
  }

  @Test
  void decode_shouldGoByEachPhotosOwnProfile_whenMoreProfilesOfInkComeThanAreKept()
      throws Exception {
    ImageDecoder decoder = ImageDecoder.open(ImageLimits.defaults());
    byte[] press = Corpus.bytes("icc-ink-16.jpg");
    byte[] otherPress = Corpus.bytes("icc-ink-8.jpg");
    byte[] pressOfAnotherYear = withAnotherDate(press);

    byte[] printed = pixels(decoder, press);
    byte[] printedElsewhere = pixels(decoder, otherPress);

    assertThat(printedElsewhere).isNotEqualTo(printed);
    for (int round = 0; round < 2; round++) {
      assertThat(pixels(decoder, pressOfAnotherYear)).isEqualTo(printed);
      assertThat(pixels(decoder, press)).isEqualTo(printed);
      assertThat(pixels(decoder, otherPress)).isEqualTo(printedElsewhere);
    }
  }

  @Test
  void decode_shouldFreeNativeMemoryAndKeepTheLogClean_onEveryPath() throws Exception {
    Process process =
        JavaProcess.of(
                List.of(
                    "-Xms256m",
                    "-Xmx256m",
                    "-XX:+AlwaysPreTouch",
                    "-XX:+UseSerialGC",
                    // The large compiler's own memory comes late and varies.
                    "-XX:TieredStopAtLevel=1"),
                DecodeLoop.class)
            .redirectErrorStream(true)
            .start();

    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();

    assertThat(process.waitFor()).isZero();
    // The log holds one number and no message of libjpeg about the damaged files. A pix of 61x47
    // pixels that leaked with each decode would make it some 60.
    assertThat(output).matches("-?\\d+");
    assertThat(Integer.parseInt(output)).isLessThan(20);
  }

  private static RgbImage decode(String file, Aspect aspect, int background)
      throws ImageRejectedException {
    return DECODER.decode(Corpus.bytes(file), request(aspect, background, true)).pixels();
  }

  private static PixelRequest request(Aspect aspect, int background, boolean reduced) {
    return new PixelRequest(64, 64, ResizeFilter.AREA, aspect, background, reduced);
  }

  private static byte[] pixels(Corpus.Image image) throws ImageRejectedException {
    return pixels(DECODER, Corpus.bytes(image.file()));
  }

  private static byte[] pixels(ImageDecoder decoder, byte[] file) throws ImageRejectedException {
    return decoder.decode(file, PixelRequest.ofSize(32, 32)).pixels().pixels();
  }

  /** Changes the year of a file's colour profile, which stands 12 bytes before its signature. */
  private static byte[] withAnotherDate(byte[] file) {
    int signature = new String(file, StandardCharsets.ISO_8859_1).indexOf("acsp");
    byte[] changed = file.clone();
    changed[signature - 11]++;
    return changed;
  }
}
