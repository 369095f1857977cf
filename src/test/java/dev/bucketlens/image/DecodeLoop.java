package dev.bucketlens.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Decodes the whole corpus, good and bad, round after round, in a JVM of its own: with a heap of
 * fixed size, what grows is native; and its log can be read to the end. Prints the growth in
 * megabytes.
 */
final class DecodeLoop {

  private static final int WARM_UP_ROUNDS = 15;
  private static final int ROUNDS = 40;

  private DecodeLoop() {}

  public static void main(String[] args) throws IOException {
    List<byte[]> files = DecoderFuzz.seeds();
    DecoderFuzz decoding = new DecoderFuzz(ImageDecoder.open(ImageLimits.defaults()));
    decode(decoding, files, WARM_UP_ROUNDS);
    long before = residentMegabytes();
    decode(decoding, files, ROUNDS);
    System.out.println(residentMegabytes() - before);
  }

  private static void decode(DecoderFuzz decoding, List<byte[]> files, int rounds) {
    for (int round = 0; round < rounds; round++) {
      files.forEach(decoding::decode);
    }
  }

  private static long residentMegabytes() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1];
    return Long.parseLong(pages) * 4096 / 1_000_000;
  }
}
