package dev.bucketlens.bench.report;

import com.google.errorprone.annotations.FormatMethod;
import java.util.Locale;

/** Figures as the pages write them. */
final class Text {

  private Text() {}

  @FormatMethod
  static String of(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** Milliseconds with three significant digits or so. */
  static String milliseconds(double value) {
    return number(value, value) + " ms";
  }

  /** The median, and the quartiles as its spread. */
  static String spread(Sample sample) {
    double size = sample.high();
    return of(
        "%s ms (%s to %s)",
        number(sample.median(), size), number(sample.low(), size), number(sample.high(), size));
  }

  static String ratio(double value) {
    return of("%.2f×", value);
  }

  /** With as many digits as a number of that size needs. */
  private static String number(double value, double size) {
    if (size < 1) {
      return of("%.4f", value);
    }
    return size < 10 ? of("%.2f", value) : size < 100 ? of("%.1f", value) : of("%.0f", value);
  }
}
