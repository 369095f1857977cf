package dev.bucketlens.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Decodes HEIC where libheif was added, and compares it with what pillow-heif makes of the same
 * files; then decodes damaged ones. {@code src/test/python/heic.py} writes the files.
 *
 * <p>Arguments: their folder, a number of damaged files, a seed.
 */
final class HeicComparison {

  /** Of a channel. */
  private static final int TOLERANCE = 1;

  private static final PixelRequest SMALL = PixelRequest.ofSize(32, 24);

  private HeicComparison() {}

  public static void main(String[] args) throws IOException, ImageRejectedException {
    ImageDecoder decoder = ImageDecoder.open(ImageLimits.defaults());
    List<Path> files = files(Path.of(args[0]));
    int largest = 0;
    for (Path file : files) {
      largest = Math.max(largest, difference(decoder, file));
    }
    System.out.printf(
        "%d HEIC files, at most %d of 255 away from pillow-heif%n", files.size(), largest);
    damage(decoder, files, Integer.parseInt(args[1]), Long.parseLong(args[2]));
    if (largest > TOLERANCE) {
      System.exit(1);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(it -> it.toString().endsWith(".heic")).sorted().toList();
      if (found.isEmpty()) {
        throw new IOException(folder + " has no .heic file: run src/test/python/heic.py");
      }
      return found;
    }
  }

  private static int difference(ImageDecoder decoder, Path file)
      throws IOException, ImageRejectedException {
    Path expected = Path.of(file.toString().replace(".heic", ".png"));
    ImageInfo size = decoder.decode(Files.readAllBytes(expected), SMALL).info();
    PixelRequest whole = PixelRequest.ofSize(size.width(), size.height());
    DecodedImage ours = decoder.decode(Files.readAllBytes(file), whole);
    DecodedImage theirs = decoder.decode(Files.readAllBytes(expected), whole);
    if (ours.info().width() != size.width() || ours.info().height() != size.height()) {
      throw new AssertionError(file + " is " + ours.info() + ", not " + size);
    }
    int difference = Pixels.largestDifference(ours.pixels().pixels(), theirs.pixels().pixels());
    System.out.printf("%s: %d%n", file.getFileName(), difference);
    return difference;
  }

  /** Anything but a picture or a rejection ends the program. */
  private static void damage(ImageDecoder decoder, List<Path> files, int inputs, long seed)
      throws IOException {
    List<byte[]> seeds = files.stream().map(HeicComparison::bytes).toList();
    Mutator mutator = new Mutator(seeds, new SplittableRandom(seed));
    Path folder = Files.createTempDirectory("heic");
    DecoderFuzz fuzz = new DecoderFuzz(decoder);
    long slowest = 0;
    try (InputInWork inWork = InputInWork.open(folder.resolve("current"))) {
      for (int i = 0; i < inputs; i++) {
        byte[] file = mutator.next();
        inWork.set(file);
        slowest = Math.max(slowest, fuzz.decode(file));
      }
    }
    System.out.printf(
        "%,d damaged files: %,d decoded, rejected %s, slowest %d ms of this thread%n",
        inputs, fuzz.decoded(), fuzz.rejections(), slowest / 1_000_000);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
