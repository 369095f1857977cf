package dev.bucketlens.bench;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The inner side of a {@link Loop}, and what {@code loop.py} is for Python: repeats one kind of
 * work and answers each line {@code <what> <count>} with the median in microseconds. A file is read
 * when it is asked for anew; a count of 0 does no more than that.
 *
 * <ul>
 *   <li>{@code classify MODEL}: of a file, from its bytes to its scores
 *   <li>{@code decode DECODER}: of a file, from its bytes to pixels
 *   <li>{@code djpeg}: of a file, by libjpeg-turbo's own program at an eighth of its size, the
 *       program's start included
 *   <li>{@code infer MODEL THREADS}: {@code run} is one inference, {@code make} makes an
 *       interpreter of the open model
 * </ul>
 */
final class WarmLoop {
  private static final ClassifyOptions TOP_5 = ClassifyOptions.defaults().withMaxResults(5);

  private WarmLoop() {}

  /** What is repeated. */
  private interface Work {
    void run() throws Exception;
  }

  /** Turns a line without its count into what is repeated. */
  private interface Reader {
    Work read(String what) throws Exception;
  }

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "classify" -> {
        try (Classifier classifier = Classifier.open(Path.of(args[1]))) {
          serve(ofFile(photo -> classifier.classify(photo, TOP_5)));
        }
      }
      case "decode" -> serve(ofFile(PhotoDecoder.valueOf(args[1])::decode));
      case "djpeg" -> serve(file -> () -> djpeg(file));
      case "infer" -> {
        Path model = Path.of(args[1]);
        int threads = Integer.parseInt(args[2]);
        try (Inference inference = Inference.open(model, threads)) {
          Work make = () -> inference.make().close();
          serve(what -> what.equals("make") ? make : inference::run);
        }
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Works on the bytes of a file. */
  private interface OnBytes {
    Object apply(byte[] bytes) throws Exception;
  }

  private static Reader ofFile(OnBytes work) {
    return file -> {
      byte[] bytes = Files.readAllBytes(Path.of(file));
      return () -> work.apply(bytes);
    };
  }

  private static void djpeg(String file) throws IOException, InterruptedException {
    List<String> command = List.of("djpeg", "-scale", "1/8", "-outfile", "/dev/null", file);
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("djpeg ended with " + code + " on " + file);
    }
  }

  private static void serve(Reader reader) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String before = null;
    Work work = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int space = line.lastIndexOf(' ');
      String what = line.substring(0, space);
      if (!what.equals(before)) {
        work = reader.read(what);
        before = what;
      }
      double[] times = new double[Integer.parseInt(line.substring(space + 1))];
      for (int i = 0; i < times.length; i++) {
        long start = System.nanoTime();
        work.run();
        times[i] = (System.nanoTime() - start) / 1e3;
      }
      System.out.println(String.format(Locale.ROOT, "%.1f", Turns.median(times)));
    }
  }
}
