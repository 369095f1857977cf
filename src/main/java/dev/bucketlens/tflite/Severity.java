package dev.bucketlens.tflite;

import static dev.bucketlens.nativelib.NativeFunction.word;

import dev.bucketlens.nativelib.LoadedLibrary;

/**
 * The least severity of what TensorFlow Lite prints to standard error by itself. By default it
 * tells of each delegate that it was created, in the middle of a function's log of JSON lines. What
 * goes wrong does not depend on this: it is reported to {@link ErrorLog}.
 */
final class Severity {

  /** {@code TFLITE_LOG_WARNING} of {@code logger.h}. */
  private static final int WARNING = 2;

  /** {@code tflite::logging_internal::MinimalLogger::SetMinimumLogSeverity}, as compiled. */
  private static final String SETTER =
      "_ZN6tflite16logging_internal13MinimalLogger21SetMinimumLogSeverityENS_11LogSeverityE";

  private Severity() {}

  /** Silences all below a warning; does nothing where a build of the library hides the setter. */
  static void onlyWarnings(LoadedLibrary library) {
    if (library.symbol(SETTER).isPresent()) {
      library.function(SETTER).run(word(WARNING));
    }
  }
}
