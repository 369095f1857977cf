package dev.bucketlens.tflite;

import static dev.bucketlens.nativelib.NativeFunction.word;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.regex.Pattern;

/**
 * Collects what TensorFlow Lite reports about a failure. It reports by calling a function {@code
 * (void *, const char *, va_list)}, and C has one of that shape that does the right thing: {@code
 * vfprintf}, here on a stream that writes to memory. So no native thread ever calls Java, and no
 * start pays for the dozen of classes that a callback into Java takes.
 *
 * <p>Thread-safe, because a delegate may report from a thread of its own: C locks a stream for each
 * call.
 */
final class ErrorLog {

  /** Bytes that are kept; what is reported beyond them is dropped. */
  private static final int CAPACITY = 4096;

  /** Where one report ends and the next begins: the reporter is not told to put anything there. */
  private static final Pattern SEAM = Pattern.compile("(?<=[.)])(?=[A-Z][a-z]+ )");

  private final MemorySegment reporter;
  private final MemorySegment stream;
  private final NativeFunction tell;
  private final NativeFunction rewind;
  private final NativeFunction read;

  /** Opens a log that lives as long as {@code owner}; what reports to it must not live longer. */
  ErrorLog(Arena owner) {
    LoadedLibrary system = LoadedLibrary.ofTheSystem();
    reporter = system.symbol("vfprintf").orElseThrow();
    tell = system.function("ftell");
    rewind = system.function("rewind");
    read = system.function("fread");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment opened =
          system
              .function("fmemopen")
              .pointer(MemorySegment.NULL, word(CAPACITY), arena.allocateFrom("w+"));
      stream = Handle.own(opened, owner, system.function("fclose")::run);
    }
    if (Handle.isNull(stream)) {
      throw new OutOfMemoryError("No memory for what TensorFlow Lite reports");
    }
  }

  /** Returns the C function to report to. */
  MemorySegment reporter() {
    return reporter;
  }

  /** Returns what the function wants as its first argument. */
  MemorySegment stream() {
    return stream;
  }

  /** Returns all that was reported since the last call, as one line. */
  String drain() {
    try (Arena arena = Arena.ofConfined()) {
      long length = Math.clamp(tell.number(stream), 0, CAPACITY);
      MemorySegment text = arena.allocate(CAPACITY);
      rewind.run(stream);
      long got = read.number(text, word(1), word(length), stream);
      rewind.run(stream);
      String all = new String(text.asSlice(0, got).toArray(JAVA_BYTE), UTF_8).strip();
      return all.isEmpty() ? "no reason was reported" : SEAM.matcher(all).replaceAll(" ");
    }
  }
}
