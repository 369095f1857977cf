package dev.bucketlens.bench;

import java.util.Arrays;
import java.util.Map;

/**
 * Has contenders measured in turns, so that what else the machine does meets all of them. A round
 * before the first is not counted: it warms servers and caches.
 */
record Turns(Csv csv, int rounds) {

  /** Measures once; the figures are those of the file's columns. */
  interface Contender {
    double[] measure() throws Exception;
  }

  void take(String subject, Map<String, Contender> contenders) throws Exception {
    for (int round = 0; round <= rounds; round++) {
      for (Map.Entry<String, Contender> contender : contenders.entrySet()) {
        double[] figures = contender.getValue().measure();
        if (round > 0) {
          csv.row(subject, contender.getKey(), round, figures);
        }
      }
    }
    System.out.printf("%s: done%n", subject);
  }

  /** The median; of nothing, 0. */
  static double median(double... values) {
    if (values.length == 0) {
      return 0;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
