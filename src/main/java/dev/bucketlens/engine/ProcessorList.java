package dev.bucketlens.engine;

import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.Signature.returns;

import dev.bucketlens.nativelib.LoadedLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where Linux on arm64 says which processors there are. XNNPACK does not start without it, and AWS
 * Lambda does not have it: a preloaded library answers in its place.
 */
final class ProcessorList {

  private static final String PLATFORM = "linux-aarch64";
  private static final Path FILE = Path.of("/sys/devices/system/cpu/possible");
  private static final String LIBRARY = "native/linux-aarch64/libcpulist.so";

  /** What that library has for us to find. */
  private static final String SYMBOL = "bucketlens_cpulist";

  private ProcessorList() {}

  /**
   * Passes if XNNPACK will find the list, or needs none.
   *
   * @param platform as {@link dev.bucketlens.nativelib.NativeLibrary#platform()} names it
   * @throws UnsatisfiedLinkError otherwise; the message says what to preload
   */
  static void require(String platform) {
    if (platform.equals(PLATFORM) && !Files.exists(FILE) && !isPreloaded()) {
      throw new UnsatisfiedLinkError(
          "%s is missing, as on AWS Lambda, and LiteRT cannot start without it on arm64; start with LD_PRELOAD=<package>/%s."
              .formatted(FILE, LIBRARY));
    }
  }

  private static boolean isPreloaded() {
    try (Arena arena = Arena.ofConfined()) {
      return !Handle.isNull(
          LoadedLibrary.ofTheSystem()
              .function("dlsym", returns(POINTER).takes(POINTER, POINTER))
              .pointer(MemorySegment.NULL, arena.allocateFrom(SYMBOL)));
    }
  }
}
