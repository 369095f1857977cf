package dev.bucketlens.tflite;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The least severity of what TensorFlow Lite prints to standard error by itself. By default it
 * tells of each delegate that it was created, in the middle of a function's log of JSON lines. What
 * goes wrong does not depend on this: it is reported to {@link ErrorLog}.
 */
final class Severity {

  /** {@code TFLITE_LOG_WARNING} of {@code logger.h}. */
  static final int WARNING = 2;

  /**
   * {@code tflite::logging_internal::MinimalLogger::minimum_log_severity_}. Its setter would need a
   * binding of a shape that nothing else has, which takes a cold start about 10 ms.
   */
  static final String MINIMUM =
      "_ZN6tflite16logging_internal13MinimalLogger21minimum_log_severity_E";

  private Severity() {}

  /** Silences all below a warning; does nothing where a build of the library hides the variable. */
  @SuppressWarnings("restricted")
  static void onlyWarnings(Functions functions) {
    functions
        .symbols()
        .find(MINIMUM)
        .map(variable -> variable.reinterpret(ValueLayout.JAVA_INT.byteSize()))
        .ifPresent((MemorySegment variable) -> variable.set(ValueLayout.JAVA_INT, 0, WARNING));
  }
}
