package dev.bucketlens.bench;

import java.util.Arrays;

/** Work that is repeated; its result keeps the compiler from leaving some of it out. */
interface Repeated {

  Object run() throws Exception;

  default double medianMicroseconds(int count) throws Exception {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      run();
      times[i] = (System.nanoTime() - start) / 1e3;
    }
    return median(times);
  }

  /** The median; of nothing, 0. */
  static double median(double... values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length == 0 ? 0 : (values[middle] + values[(values.length - 1) / 2]) / 2;
  }
}
