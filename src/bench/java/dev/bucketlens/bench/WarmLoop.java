package dev.bucketlens.bench;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What {@code loop.py} is for Python: repeats one kind of work and answers each line {@code <what>
 * <count>} with the median in microseconds. A file is read when it is asked for anew; a count of 0
 * does no more than that.
 *
 * <ul>
 *   <li>{@code classify MODEL}: of a file, from its bytes to its scores
 *   <li>{@code decode DECODER}: of a file, from its bytes to pixels
 *   <li>{@code infer MODEL THREADS}: {@code run} is one inference, {@code make} makes an
 *       interpreter of the open model
 * </ul>
 */
final class WarmLoop {

  private WarmLoop() {}

  /** Turns the words before a count into what is repeated. */
  private interface Reader {
    Repeated read(String what) throws Exception;
  }

  /** Works on the bytes of a file. */
  private interface OnBytes {
    Object apply(byte[] bytes) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "classify" -> {
        try (Classifier classifier = Classifier.open(Path.of(args[1]))) {
          ClassifyOptions top5 = ClassifyOptions.defaults().withMaxResults(5);
          serve(ofFile(photo -> classifier.classify(photo, top5)));
        }
      }
      case "decode" -> serve(ofFile(PhotoDecoder.valueOf(args[1])::decode));
      case "infer" -> {
        try (Inference inference = Inference.open(Path.of(args[1]), Integer.parseInt(args[2]))) {
          serve(what -> what.equals("make") ? inference::remake : inference::run);
        }
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static Reader ofFile(OnBytes work) {
    return file -> {
      byte[] bytes = Files.readAllBytes(Path.of(file));
      return () -> work.apply(bytes);
    };
  }

  private static void serve(Reader reader) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String before = null;
    Repeated work = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int space = line.lastIndexOf(' ');
      String what = line.substring(0, space);
      if (!what.equals(before)) {
        work = reader.read(what);
        before = what;
      }
      double median = work.medianMicroseconds(Integer.parseInt(line.substring(space + 1)));
      System.out.println(String.format(Locale.ROOT, "%.1f", median));
    }
  }
}
