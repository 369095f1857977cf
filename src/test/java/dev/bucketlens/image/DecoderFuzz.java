package dev.bucketlens.image;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Decodes files of repeated headers, then damaged files until something breaks that may not: an
 * exception other than a rejection, a decode of more than two seconds, a crash of the JVM.
 *
 * <p>Arguments: number of inputs, seed, folder for what is found. The input in work is in the
 * folder's file {@code current}, and is still there after a crash.
 */
public final class DecoderFuzz {

  private static final long SLOW_NANOS = Long.getLong("slow.ms", 2000) * 1_000_000L;
  private static final int REPORT_EVERY = 100_000;
  private static final int HOSTILE_BYTES = 4_500_000;

  /** Most of the corpus is 61x47 pixels: decoded in full for the first, reduced for the second. */
  private static final List<PixelRequest> REQUESTS =
      List.of(PixelRequest.ofSize(32, 24), PixelRequest.ofSize(15, 11));

  private final ImageDecoder decoder;
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Map<RejectionCode, Integer> rejections = new EnumMap<>(RejectionCode.class);
  private int inputs;
  private int decoded;
  private long slowest;

  DecoderFuzz(ImageDecoder decoder) {
    this.decoder = decoder;
  }

  public static void main(String[] args) throws IOException {
    long inputs = Long.parseLong(args[0]);
    Mutator mutator = new Mutator(seeds(), new SplittableRandom(Long.parseLong(args[1])));
    Path folder = Files.createDirectories(Path.of(args[2]));
    DecoderFuzz fuzz = new DecoderFuzz(ImageDecoder.open(ImageLimits.defaults()));
    try (InputInWork inWork = InputInWork.open(folder.resolve("current"))) {
      fuzz.decodeHostileHeaders(folder);
      for (long i = 1; i <= inputs; i++) {
        byte[] file = mutator.next();
        inWork.set(file);
        if (fuzz.decode(file) > SLOW_NANOS) {
          Files.write(folder.resolve("slow-" + i), file);
        }
        if (i % REPORT_EVERY == 0) {
          fuzz.report(i);
        }
      }
    }
  }

  private void decodeHostileHeaders(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : new HostileHeaders(HOSTILE_BYTES).files().entrySet()) {
      long nanos = decode(file.getValue());
      System.out.printf("%s: %d ms%n", file.getKey(), nanos / 1_000_000);
      if (nanos > SLOW_NANOS) {
        Files.write(folder.resolve("slow-" + file.getKey().replace(' ', '-')), file.getValue());
      }
    }
  }

  /** Returns every file of the corpus, good and bad. */
  static List<byte[]> seeds() {
    Corpus corpus = Corpus.load();
    return Stream.concat(
            corpus.images().stream().map(Corpus.Image::file),
            corpus.rejects().stream().map(Corpus.Reject::file))
        .map(Corpus::bytes)
        .toList();
  }

  /**
   * Decodes a file and returns the nanoseconds of processor time that took: on a busy machine the
   * clock would tell of the others' work.
   */
  long decode(byte[] file) {
    long start = threads.getCurrentThreadCpuTime();
    try {
      decoder.decode(file, REQUESTS.get(inputs++ % REQUESTS.size()));
      decoded++;
    } catch (ImageRejectedException e) {
      rejections.merge(e.code(), 1, Integer::sum);
    }
    long nanos = threads.getCurrentThreadCpuTime() - start;
    slowest = Math.max(slowest, nanos);
    return nanos;
  }

  int decoded() {
    return decoded;
  }

  Map<RejectionCode, Integer> rejections() {
    return rejections;
  }

  private void report(long inputs) throws IOException {
    System.out.printf(
        "%,d inputs, %,d decoded, slowest %d ms, resident %d MB, rejected %s%n",
        inputs, decoded, slowest / 1_000_000, residentMegabytes(), rejections);
  }

  private static long residentMegabytes() throws IOException {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ", -1)[1];
    return Long.parseLong(pages) * 4096 / 1_000_000;
  }
}
