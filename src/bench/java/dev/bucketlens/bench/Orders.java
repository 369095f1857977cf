package dev.bucketlens.bench;

import dev.bucketlens.bench.report.Sample;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The inner side of a {@link Loop}: carries out the lines that come. */
final class Orders {

  private Orders() {}

  /** What is repeated. */
  interface Work {
    void run() throws Exception;
  }

  /** Turns a line without its count into what is repeated. */
  interface Reader {
    Work read(String order) throws Exception;
  }

  /** Answers each line {@code <order> <count>} with the median in microseconds. */
  static void serve(Reader reader) throws Exception {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int space = line.lastIndexOf(' ');
      Work work = reader.read(line.substring(0, Math.max(space, 0)));
      double median = median(work, Integer.parseInt(line.substring(space + 1)));
      System.out.println(String.format(Locale.ROOT, "%.1f", median));
    }
  }

  private static double median(Work work, int count) throws Exception {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      work.run();
      times[i] = (System.nanoTime() - start) / 1e3;
    }
    return Sample.of(times).median();
  }
}
