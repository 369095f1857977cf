package dev.bucketlens.image.format.jpeg;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.bucketlens.nativelib.LoadedLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * Keeps libjpeg from writing to the log. libjpeg prints its first warning about each damaged file
 * to C's {@code stderr}, and Leptonica leaves it that way. The count of warnings, which is all that
 * a caller needs, comes back by another road; the print would only fill the log with whatever a
 * stranger uploads.
 *
 * <p>While at least one decode runs, C's variable {@code stderr} points to the null device. Java's
 * {@code System.err} and the JVM's own crash report do not go through that variable.
 */
@SuppressWarnings("restricted") // native access is what this class is for
final class QuietStderr {

  private final Optional<MemorySegment> variable;

  /** Streams, as the addresses that the variable holds; 0 is none. */
  private final long nullDevice;

  private long original;
  private int running;

  QuietStderr(LoadedLibrary system) {
    this.variable =
        system
            .symbol("stderr")
            .or(() -> system.symbol("__stderrp"))
            .map(symbol -> symbol.reinterpret(JAVA_LONG.byteSize()));
    this.nullDevice = variable.isPresent() ? openNullDevice(system) : 0;
  }

  private static long openNullDevice(LoadedLibrary system) {
    try (Arena arena = Arena.ofConfined()) {
      return system
          .function("fopen")
          .number(arena.allocateFrom("/dev/null"), arena.allocateFrom("w"));
    }
  }

  synchronized void enter() {
    if (running++ == 0 && nullDevice != 0) {
      original = variable.orElseThrow().get(JAVA_LONG, 0);
      variable.orElseThrow().set(JAVA_LONG, 0, nullDevice);
    }
  }

  synchronized void leave() {
    if (--running == 0 && nullDevice != 0) {
      variable.orElseThrow().set(JAVA_LONG, 0, original);
    }
  }
}
