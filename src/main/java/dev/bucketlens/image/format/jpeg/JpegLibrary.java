package dev.bucketlens.image.format.jpeg;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.Signature.returns;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.bucketlens.image.colour.Ink;
import dev.bucketlens.image.resize.Resizer;
import dev.bucketlens.nativelib.Field;
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

  private static final Field TABLE = Field.first(POINTER);
  private static final Field FILE = TABLE.then(POINTER);
  private static final Field LENGTH = FILE.then(LONG);
  private static final Field RESIZER = LENGTH.then(POINTER);
  private static final Field MAX_MEMORY = RESIZER.then(LONG);
  private static final Field REDUCTION = MAX_MEMORY.then(INT);
  private static final Field MAX_SCANS = REDUCTION.then(INT);
  private static final Field TO_THE_END = MAX_SCANS.then(INT);
  private static final Field INK = TO_THE_END.then(POINTER);
  private static final Field ERROR = INK.then(INT);
  private static final Field WARNINGS = ERROR.then(INT);
  private static final Field ENDS_EARLY = WARNINGS.then(INT);
  private static final Field ROWS_READ = ENDS_EARLY.then(INT);
  private static final Field LACKS_END = ROWS_READ.then(INT);
  private static final Field SCAN = LACKS_END.then(INT);
  private static final long BYTES = SCAN.structureBytes();

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
   * @param ink what four components look like
   * @param maxMemory most that libjpeg may take for coefficients, in bytes
   * @param toTheEnd whether rows that the resizer does not need are read as well, which tells
   *     whether they are there
   */
  JpegResult decode(
      byte[] file,
      int length,
      Ink ink,
      Resizer resizer,
      int reduction,
      long maxMemory,
      int maxScans,
      boolean toTheEnd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(BYTES, Long.BYTES);
      TABLE.set(request, table);
      FILE.set(request, arena.allocateFrom(JAVA_BYTE, file));
      LENGTH.set(request, length);
      RESIZER.set(request, resizer.handle());
      MAX_MEMORY.set(request, maxMemory);
      REDUCTION.set(request, reduction);
      MAX_SCANS.set(request, maxScans);
      TO_THE_END.set(request, toTheEnd);
      INK.set(request, ink.handle());
      return new JpegResult(
          JpegStatus.of(decode.integer(request)),
          ERROR.integer(request),
          WARNINGS.integer(request),
          ENDS_EARLY.truth(request),
          ROWS_READ.integer(request),
          LACKS_END.truth(request),
          SCAN.integer(request));
    }
  }
}
