package dev.bucketlens.engine;

import static java.util.stream.Collectors.joining;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.StandardError;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * What LiteRT prints while it opens and compiles a model, where nothing else tells why that failed.
 * What is printed without a failure (that a delegate was made) is no news for a function's log, and
 * ends here.
 *
 * <p>Thread-safe: one call at a time in the whole process, as LiteRT compiles one model at a time
 * anyway.
 */
final class Reports {

  /** Bytes that are kept; what is printed beyond them is dropped. */
  private static final int CAPACITY = 8192;

  /** Severity and source, such as {@code ERROR: [model_load.cc:283] }. */
  private static final Pattern PREFIX = Pattern.compile("^ERROR: (\\[[^\\]]*\\] )?");

  private final StandardError stderr;

  Reports(LoadedLibrary system) {
    stderr = new StandardError(system);
  }

  /**
   * Returns what {@code call} returns.
   *
   * @throws LiteRtException if the call does, with what was printed meanwhile
   */
  <T> T during(Supplier<T> call) {
    synchronized (Reports.class) {
      try (StandardError.Capture printed = stderr.capture(CAPACITY)) {
        try {
          return call.get();
        } catch (LiteRtException e) {
          throw new LiteRtException(errors(printed.text(), e.getMessage()), e);
        }
      }
    }
  }

  /**
   * Returns the errors among the lines printed, as one line; {@code otherwise} if there is none.
   */
  private static String errors(String printed, String otherwise) {
    String errors =
        printed
            .lines()
            .filter(line -> PREFIX.matcher(line).find())
            .map(line -> PREFIX.matcher(line).replaceFirst("").strip())
            .distinct()
            .collect(joining(" "));
    return errors.isEmpty() ? otherwise : errors;
  }
}
