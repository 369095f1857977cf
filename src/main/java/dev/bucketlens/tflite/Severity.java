package dev.bucketlens.tflite;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The least severity of what TensorFlow Lite prints to standard error by itself. By default it
 * tells of each delegate that it was created, in the middle of a function's log of JSON lines. What
 * goes wrong does not depend on this: it is reported to {@link ErrorLog}.
 */
final class Severity {

  /** {@code TFLITE_LOG_WARNING} of {@code logger.h}. */
  private static final int WARNING = 2;

  /**
   * {@code tflite::LoggerOptions::SetMinimumLogSeverity} of {@code logger.h}, which is C++: the
   * name is as compilers for Linux and macOS spell it.
   */
  private static final String SET_MINIMUM =
      "_ZN6tflite13LoggerOptions21SetMinimumLogSeverityENS_11LogSeverityE";

  private Severity() {}

  /** Silences all below a warning; does nothing where a build of the library hides the function. */
  static void onlyWarnings(Functions functions) {
    if (functions.symbols().find(SET_MINIMUM).isEmpty()) {
      return;
    }
    MethodHandle set = functions.bind(SET_MINIMUM, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    try {
      int _ = (int) set.invokeExact(WARNING);
    } catch (Throwable e) {
      throw Functions.broken(e);
    }
  }
}
