package dev.bucketlens.image.resize;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.bucketlens.image.ResizeFilter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Which source pixels make each pixel of one resized axis, and with what weights: fixed-point
 * numbers with {@value #PRECISION_BITS} fractional bits, computed and rounded as Pillow does, so
 * that the pixels come out the same.
 *
 * <p>The taps of output {@code i} are the sources {@code first(i)} to {@code last(i)}; both rise
 * with {@code i}, which lets rows be resampled while they arrive.
 */
final class ResampleTable {

  /** Pillow's: 32 bits less 8 for the pixel and 2 for the overshoot of cubic filters. */
  static final int PRECISION_BITS = 32 - 8 - 2;

  private static final int ONE = 1 << PRECISION_BITS;

  private final int stride;
  private final int[] first;
  private final int[] count;
  private final int[] weights;

  private ResampleTable(int size, int stride) {
    this.stride = stride;
    this.first = new int[size];
    this.count = new int[size];
    this.weights = new int[size * stride];
  }

  /**
   * Makes the table that resizes the part {@code from} to {@code to} of an axis with {@code
   * sources} pixels to {@code size} pixels, as if the part had been cropped first: no tap reaches
   * outside it. After a reduced decoding the part may begin between pixels.
   */
  static ResampleTable of(ResizeFilter filter, int sources, double from, double to, int size) {
    int offset = Math.min((int) from, sources - 1);
    int cropped = Math.clamp((long) Math.ceil(to) - offset, 1, sources - offset);
    // Pillow keeps the part's ends in single precision.
    return of(filter, offset, cropped, (float) (from - offset), (float) (to - offset), size);
  }

  private static ResampleTable of(
      ResizeFilter filter, int offset, int cropped, float from, float to, int size) {
    ResampleTable table =
        switch (filter) {
          case NEAREST -> nearest(cropped, from, to, size);
          case TF_BILINEAR -> convolution(Kernel.TRIANGLE, false, cropped, from, to, size);
          case BILINEAR -> convolution(Kernel.TRIANGLE, true, cropped, from, to, size);
          case BICUBIC -> convolution(Kernel.CUBIC, true, cropped, from, to, size);
          case AREA -> convolution(Kernel.BOX, true, cropped, from, to, size);
          case LANCZOS3 -> convolution(Kernel.LANCZOS3, true, cropped, from, to, size);
        };
    for (int i = 0; i < size; i++) {
      table.first[i] += offset;
    }
    return table;
  }

  private static ResampleTable nearest(int sources, float from, float to, int size) {
    ResampleTable table = new ResampleTable(size, 1);
    double scale = (double) (to - from) / size;
    // Pillow steps by addition; multiplication would round differently at some pixels.
    double position = from + scale * 0.5;
    for (int i = 0; i < size; i++) {
      table.first[i] = Math.clamp((int) position, 0, sources - 1);
      table.count[i] = 1;
      table.weights[i] = ONE;
      position += scale;
    }
    return table;
  }

  private static ResampleTable convolution(
      Kernel kernel, boolean antialias, int sources, float from, float to, int size) {
    double scale = (double) (to - from) / size;
    double stretch = antialias ? Math.max(scale, 1) : 1;
    double support = kernel.support() * stretch;
    ResampleTable table = new ResampleTable(size, (int) Math.ceil(support) * 2 + 1);
    double[] taps = new double[table.stride];
    for (int i = 0; i < size; i++) {
      double centre = from + (i + 0.5) * scale;
      int first = Math.max((int) (centre - support + 0.5), 0);
      int count = Math.min((int) (centre + support + 0.5), sources) - first;
      for (int k = 0; k < count; k++) {
        taps[k] = kernel.weight((k + first - centre + 0.5) / stretch);
      }
      table.set(i, first, count, taps);
    }
    return table;
  }

  private void set(int i, int firstTap, int taps, double[] values) {
    first[i] = firstTap;
    count[i] = taps;
    double sum = 0;
    for (int k = 0; k < taps; k++) {
      sum += values[k];
    }
    for (int k = 0; k < taps; k++) {
      double weight = sum == 0 ? values[k] : values[k] / sum;
      weights[i * stride + k] = (int) (weight * ONE + (weight < 0 ? -0.5 : 0.5));
    }
  }

  /**
   * Returns the table for the same axis read from its other end: the result, too, comes in reverse
   * order.
   */
  ResampleTable mirrored(int sources) {
    ResampleTable mirror = new ResampleTable(size(), stride);
    for (int i = 0; i < size(); i++) {
      int from = size() - 1 - i;
      mirror.first[i] = sources - first[from] - count[from];
      mirror.count[i] = count[from];
      for (int k = 0; k < count[from]; k++) {
        mirror.weights[i * stride + k] = weights[from * stride + count[from] - 1 - k];
      }
    }
    return mirror;
  }

  int size() {
    return first.length;
  }

  /** Returns how many sources, at most, make one output. */
  int mostTaps() {
    int most = 1;
    for (int taps : count) {
      most = Math.max(most, taps);
    }
    return most;
  }

  int first(int i) {
    return first[i];
  }

  int last(int i) {
    return first[i] + count[i] - 1;
  }

  /** Returns the weight of one of an output's sources, counted from its first. */
  int weight(int i, int tap) {
    return weights[i * stride + tap];
  }

  /** Returns the first source of each output, as C reads it. */
  MemorySegment firsts(Arena arena) {
    return arena.allocateFrom(JAVA_INT, first);
  }

  /** Returns how many sources make each output, as C reads it. */
  MemorySegment counts(Arena arena) {
    return arena.allocateFrom(JAVA_INT, count);
  }

  /** Returns the weights, {@link #stride} for each output, as C reads them. */
  MemorySegment weights(Arena arena) {
    return arena.allocateFrom(JAVA_INT, weights);
  }

  int stride() {
    return stride;
  }

  /** Returns the memory in bytes that the table takes here and in native code, at most. */
  long memory() {
    return 4L * size() * (4 + 2L * stride + 2L * (mostTaps() + 3));
  }
}
