package dev.bucketlens.image.format.jpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.ImageInfo;
import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.ResizeFilter;
import dev.bucketlens.image.RgbImage;
import dev.bucketlens.image.colour.Ink;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.format.SourceImage;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.resize.Channels;
import dev.bucketlens.image.resize.Framing;
import dev.bucketlens.image.resize.Orientation;
import dev.bucketlens.image.resize.ResizeLibrary;
import dev.bucketlens.image.resize.Resizer;
import dev.bucketlens.image.resize.StoredFraming;
import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeLibrary;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is resized here: the rows that come are the rows that libjpeg gives. */
final class JpegLibraryTest {

  private static final LoadedLibrary BUCKETLENS =
      LoadedLibrary.load(NativeLibrary.find("libbucketlens.so", "libbucketlens.dylib"));
  private static final ResizeLibrary RESIZING = new ResizeLibrary(BUCKETLENS);
  private static final JpegLibrary LIBRARY = JpegLibrary.load(BUCKETLENS);
  private static final Path CORPUS = Path.of("src/test/resources/corpus");
  private static final Path PHOTO = Path.of("src/local/resources/photos/kitten.jpg");
  private static final long MEMORY = 1L << 28;
  private static final int SCANS = 64;

  /** A part of an image, in decoded pixels. */
  private record Part(int left, int top, int width, int height) {}

  /** A decoded part, and what came of it. */
  private record Decoded(JpegResult result, RgbImage pixels) {}

  static Stream<Path> corpus() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files
          .filter(file -> file.getFileName().toString().matches("jpeg-.*\\.jpg"))
          .filter(JpegLibraryTest::isWhole)
          .sorted()
          .toList()
          .stream();
    }
  }

  private static boolean isWhole(Path file) {
    try {
      byte[] jpeg = Files.readAllBytes(file);
      JpegHeader header = parse(jpeg);
      return header.scans().ended()
          && header.scans().count() < SCANS
          && header.header().pixels() < 1_000_000
          && !decode(jpeg, 1, all(jpeg, 1)).result().endsEarly();
    } catch (ImageRejectedException _) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("corpus")
  void decode_shouldGiveTheSamePixels_whenOnlyAPartIsNeeded(Path file) throws Exception {
    comparePartsWithTheWhole(Files.readAllBytes(file), 20);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void decode_shouldGiveTheSamePixels_whenOnlyAPartOfAPhotoIsNeeded(boolean progressive)
      throws Exception {
    comparePartsWithTheWhole(encode(Files.readAllBytes(PHOTO), progressive), 60);
  }

  private static void comparePartsWithTheWhole(byte[] jpeg, int parts) throws Exception {
    SplittableRandom random = new SplittableRandom(parts);
    for (int reduction = 1; reduction <= 8; reduction *= 2) {
      Part all = all(jpeg, reduction);
      RgbImage whole = decode(jpeg, reduction, all).pixels();
      for (int i = 0; i < parts; i++) {
        Part part = part(random, all);

        Decoded decoded = decode(jpeg, reduction, part);

        assertThat(decoded.result())
            .isEqualTo(new JpegResult(JpegStatus.OK, 0, 0, false, all.height(), false, 0));
        assertThat(decoded.pixels().pixels())
            .as("%s of 1/%d", part, reduction)
            .isEqualTo(cut(whole, part));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void decode_shouldTellTheRowsThatCame_whenTheFileEndsEarly(boolean progressive) throws Exception {
    byte[] jpeg = encode(Files.readAllBytes(PHOTO), progressive);
    Part all = all(jpeg, 1);
    RgbImage whole = decode(jpeg, 1, all).pixels();
    int before = 0;
    for (int share = 20; share < 100; share += 10) {
      byte[] cut = Arrays.copyOf(jpeg, jpeg.length / 100 * share);

      Decoded decoded = decode(cut, 1, all);

      // The last row of blocks that came is there in part.
      int rows = decoded.result().rowsRead();
      assertThat(decoded.result().endsEarly()).isTrue();
      assertThat(rows).isBetween(before, all.height());
      if (!progressive) {
        assertThat(rows).isBetween(before + 1, all.height());
        Part came = new Part(0, 0, all.width(), rows - 32);
        assertThat(cut(decoded.pixels(), came)).isEqualTo(cut(whole, came));
        assertThat(decoded.pixels().rgb(0, all.height() - 1))
            .isEqualTo(decoded.pixels().rgb(all.width() - 1, all.height() - 1));
      }
      before = rows;
    }
  }

  @Test
  void decode_shouldTellTheSameRows_whenTheNeededPartEndsAboveTheCut() throws Exception {
    byte[] jpeg = encode(Files.readAllBytes(PHOTO), false);
    Part all = all(jpeg, 1);
    byte[] cut = Arrays.copyOf(jpeg, jpeg.length * 9 / 10);

    Decoded decoded = decode(cut, 1, new Part(0, 0, 20, 20));

    assertThat(decoded.result()).isEqualTo(decode(cut, 1, all).result());
    assertThat(decoded.result().rowsRead()).isBetween(all.height() / 2, all.height() - 16);
  }

  @Test
  void decode_shouldTellNoDamage_whenOnlyTheEndMarkerIsMissing() throws Exception {
    byte[] jpeg = encode(Files.readAllBytes(PHOTO), false);
    Part all = all(jpeg, 1);

    JpegResult result = decode(Arrays.copyOf(jpeg, jpeg.length - 2), 1, all).result();

    assertThat(result).isEqualTo(new JpegResult(JpegStatus.OK, 0, 0, false, all.height(), true, 0));
  }

  @Test
  void decode_shouldStop_whenThereAreMoreScansThanAllowed() throws Exception {
    byte[] jpeg = encode(Files.readAllBytes(PHOTO), true);

    assertThat(decode(jpeg, all(jpeg, 1), 1, MEMORY, 3).status())
        .isEqualTo(JpegStatus.TOO_MANY_SCANS);
  }

  @Test
  void decode_shouldStop_whenCoefficientsWouldTakeMoreMemoryThanAllowed() throws Exception {
    byte[] jpeg = encode(Files.readAllBytes(PHOTO), true);

    JpegResult result = decode(jpeg, all(jpeg, 1), 1, 1_000_000, SCANS);

    assertThat(result.status()).isEqualTo(JpegStatus.FAILED);
    assertThat(result.error()).isPositive();
  }

  @Test
  void decode_shouldStop_whenTheImageIsNotWhatTheResizerWasOpenedFor() throws Exception {
    byte[] jpeg = Files.readAllBytes(CORPUS.resolve("jpeg-baseline.jpg"));
    Part all = all(jpeg, 1);
    Part other = new Part(0, 0, all.width() + 1, all.height());

    assertThat(decode(jpeg, other, 1, MEMORY, SCANS).status()).isEqualTo(JpegStatus.OTHER_SIZE);
    assertThat(decode(jpeg, all, 8, MEMORY, SCANS).status()).isEqualTo(JpegStatus.OTHER_SIZE);
  }

  @Test
  void decode_shouldFail_whenThereIsNoJpeg() {
    for (byte[] file : List.of(new byte[0], new byte[100], new byte[] {(byte) 0xFF, (byte) 0xD8})) {
      assertThat(decode(file, new Part(0, 0, 8, 8), 1, MEMORY, SCANS).status())
          .isEqualTo(JpegStatus.FAILED);
    }
  }

  private static JpegHeader parse(byte[] jpeg) throws ImageRejectedException {
    return JpegHeader.parse(jpeg, Budget.of(ImageLimits.defaults(), jpeg));
  }

  private static Part all(byte[] jpeg, int reduction) throws ImageRejectedException {
    Header header = parse(jpeg).header();
    return new Part(
        0,
        0,
        SourceImage.reduced(header.width(), reduction),
        SourceImage.reduced(header.height(), reduction));
  }

  private static Part part(SplittableRandom random, Part all) {
    int left = random.nextInt(all.width());
    int top = random.nextInt(all.height());
    return new Part(
        left, top, 1 + random.nextInt(all.width() - left), 1 + random.nextInt(all.height() - top));
  }

  private static byte[] cut(RgbImage image, Part part) {
    byte[] pixels = new byte[3 * part.width() * part.height()];
    for (int row = 0; row < part.height(); row++) {
      int from = 3 * ((part.top() + row) * image.width() + part.left());
      System.arraycopy(image.pixels(), from, pixels, 3 * part.width() * row, 3 * part.width());
    }
    return pixels;
  }

  private static Decoded decode(byte[] jpeg, int reduction, Part part)
      throws ImageRejectedException {
    JpegHeader header = parse(jpeg);
    Part all = all(jpeg, reduction);
    try (Arena arena = Arena.ofConfined()) {
      Resizer resizer = resizer(arena, all, part, header.isGray() ? 1 : 3);
      JpegResult result =
          LIBRARY.decode(
              jpeg,
              header.scans().end(),
              Ink.PLAIN,
              resizer,
              reduction,
              MEMORY,
              SCANS,
              !header.scans().ended());
      return new Decoded(result, resizer.image());
    }
  }

  /** Decodes the whole of a file into a resizer for an image of that size. */
  private static JpegResult decode(byte[] jpeg, Part size, int reduction, long memory, int scans) {
    try (Arena arena = Arena.ofConfined()) {
      Resizer resizer = resizer(arena, size, size, 3);
      return LIBRARY.decode(jpeg, jpeg.length, Ink.PLAIN, resizer, reduction, memory, scans, false);
    }
  }

  private static Resizer resizer(Arena arena, Part all, Part part, int channels) {
    Framing framing =
        new Framing(
            part.left(),
            part.top(),
            part.width(),
            part.height(),
            part.width(),
            part.height(),
            0,
            0,
            0);
    StoredFraming stored =
        StoredFraming.of(
            framing,
            new ImageInfo(ImageFormat.JPEG, all.width(), all.height()),
            Orientation.UPRIGHT,
            all.width(),
            all.height(),
            ResizeFilter.NEAREST);
    return Resizer.open(arena, RESIZING, stored, Channels.of(channels));
  }

  private static byte[] encode(byte[] photo, boolean progressive) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(photo));
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    if (progressive) {
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.setOutput(ImageIO.createImageOutputStream(out));
    writer.write(null, new IIOImage(image, null, null), parameters);
    writer.dispose();
    return out.toByteArray();
  }
}
