package dev.bucketlens.image.colour;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.input.ByteReader;
import java.util.function.DoubleUnaryOperator;

/** A tone curve of an ICC profile (ICC.1:2022, 10.6 and 10.18), tabulated for 8-bit values. */
final class IccCurve {

  private static final double FIXED_ONE = 65536;

  private IccCurve() {}

  /**
   * Reads a curve.
   *
   * @param reader at the curve's type
   * @return linear light, 0 to 1, for the values 0 to 255
   */
  static float[] read(ByteReader reader) throws ImageRejectedException {
    boolean parametric = reader.at("para");
    if (!parametric && !reader.at("curv")) {
      throw unknown();
    }
    reader.skip(8);
    return parametric ? parametric(reader) : sampled(reader);
  }

  private static float[] sampled(ByteReader reader) throws ImageRejectedException {
    int count = reader.i32();
    if (count == 0) {
      return tabulate(x -> x);
    }
    if (count == 1) {
      double gamma = reader.u16() / 256.0;
      return tabulate(x -> Math.pow(x, gamma));
    }
    if (count < 0 || count > reader.remaining() / 2) {
      throw unknown();
    }
    double[] points = new double[count];
    for (int i = 0; i < count; i++) {
      points[i] = reader.u16() / 65535.0;
    }
    return tabulate(x -> interpolate(points, x));
  }

  private static double interpolate(double[] points, double x) {
    double position = x * (points.length - 1);
    int below = Math.min((int) position, points.length - 2);
    double share = position - below;
    return points[below] * (1 - share) + points[below + 1] * share;
  }

  /** The functions 0 to 4; an absent parameter has the value that makes the general form (4). */
  private static float[] parametric(ByteReader reader) throws ImageRejectedException {
    int function = reader.u16();
    reader.skip(2);
    double g = fixed(reader);
    double a = function >= 1 ? fixed(reader) : 1;
    double b = function >= 1 ? fixed(reader) : 0;
    double c = function == 2 ? fixed(reader) : 0;
    if (function <= 2) {
      double start = function == 0 ? 0 : -b / a;
      double base = c;
      return tabulate(x -> (x >= start ? Math.pow(a * x + b, g) : 0) + base);
    }
    double slope = fixed(reader);
    double end = fixed(reader);
    double e = function == 4 ? fixed(reader) : 0;
    double f = function == 4 ? fixed(reader) : 0;
    if (function > 4) {
      throw unknown();
    }
    return tabulate(x -> x >= end ? Math.pow(a * x + b, g) + e : slope * x + f);
  }

  static double fixed(ByteReader reader) throws ImageRejectedException {
    return reader.i32() / FIXED_ONE;
  }

  private static float[] tabulate(DoubleUnaryOperator curve) {
    float[] table = new float[256];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) Math.clamp(curve.applyAsDouble(i / 255.0), 0, 1);
    }
    return table;
  }

  private static ImageRejectedException unknown() {
    return new ImageRejectedException(RejectionCode.CORRUPT);
  }
}
