package dev.bucketlens.image.format.jpeg;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.Signature.returns;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.bucketlens.image.resize.Resizer;
import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import dev.bucketlens.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The JPEG half of {@code libbucketlens}, our own library (see {@code src/main/c/bucketlens.h}),
 * which calls libjpeg-turbo. libjpeg reports a fatal error by a {@code longjmp}, which must never
 * cross a Java frame; our C catches it. Thread-safe.
 */
public final class JpegLibrary {

  private static final String[] FILE_NAMES = {
    "libjpeg-6dc8d115.so.62.4.0", "libjpeg-80045241.so.62.4.0", "libjpeg.62.4.0.dylib"
  };

  /** In the order of {@code bl_jpeg_functions}. */
  private static final String[] FUNCTIONS = {
    "jpeg_CreateDecompress",
    "jpeg_destroy_decompress",
    "jpeg_read_header",
    "jpeg_start_decompress",
    "jpeg_read_scanlines",
    "jpeg_skip_scanlines",
    "jpeg_crop_scanline",
    "jpeg_resync_to_restart"
  };

  private static final long BYTES = 80;
  private static final long TABLE = 0;
  private static final long FILE = 8;
  private static final long LENGTH = 16;
  private static final long RESIZER = 24;
  private static final long MAX_MEMORY = 32;
  private static final long REDUCTION = 40;
  private static final long MAX_SCANS = 44;
  private static final long TO_THE_END = 48;
  private static final long ERROR = 52;
  private static final long WARNINGS = 56;
  private static final long ENDS_EARLY = 60;
  private static final long ROWS_READ = 64;
  private static final long LACKS_END = 68;
  private static final long SCAN = 72;

  private final NativeFunction decode;
  private final MemorySegment table;

  private JpegLibrary(LoadedLibrary libjpeg, LoadedLibrary bucketlens) {
    this.decode = bucketlens.function("bl_jpeg_decode", returns(INT).takes(POINTER));
    this.table = libjpeg.table(FUNCTIONS);
  }

  /**
   * Finds and loads libjpeg.
   *
   * @param bucketlens our own library
   * @throws UnsatisfiedLinkError if libjpeg is not found or does not load on this platform
   */
  public static JpegLibrary load(LoadedLibrary bucketlens) {
    return new JpegLibrary(LoadedLibrary.load(NativeLibrary.find(FILE_NAMES)), bucketlens);
  }

  /**
   * Decodes a file into a resizer that was opened for its size at this reduction.
   *
   * @param length of the image in the file
   * @param maxMemory most that libjpeg may take for coefficients, in bytes
   * @param toTheEnd whether rows that the resizer does not need are read as well, which tells
   *     whether they are there
   */
  JpegResult decode(
      byte[] file,
      int length,
      Resizer resizer,
      int reduction,
      long maxMemory,
      int maxScans,
      boolean toTheEnd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(BYTES, Long.BYTES);
      request.set(JAVA_LONG, TABLE, table.address());
      request.set(JAVA_LONG, FILE, arena.allocateFrom(JAVA_BYTE, file).address());
      request.set(JAVA_LONG, LENGTH, length);
      request.set(JAVA_LONG, RESIZER, resizer.handle().address());
      request.set(JAVA_LONG, MAX_MEMORY, maxMemory);
      request.set(JAVA_INT, REDUCTION, reduction);
      request.set(JAVA_INT, MAX_SCANS, maxScans);
      request.set(JAVA_INT, TO_THE_END, toTheEnd ? 1 : 0);
      return new JpegResult(
          JpegResult.Status.of(decode.integer(request)),
          request.get(JAVA_INT, ERROR),
          request.get(JAVA_INT, WARNINGS),
          request.get(JAVA_INT, ENDS_EARLY) != 0,
          request.get(JAVA_INT, ROWS_READ),
          request.get(JAVA_INT, LACKS_END) != 0,
          request.get(JAVA_INT, SCAN));
    }
  }
}
