package dev.bucketlens.image.format.tiff;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.CType.UINT;
import static dev.bucketlens.nativelib.CType.VOID;
import static dev.bucketlens.nativelib.Signature.returns;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.bucketlens.image.colour.Rendering;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.resize.Resizer;
import dev.bucketlens.nativelib.Field;
import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import dev.bucketlens.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * libtiff, with a cap on what it allocates, and without its messages: its own reader of colours,
 * and its readers of strips and tiles, which our C drives ({@code src/main/c/tiff.c}).
 */
public final class TiffLibrary {

  private static final String[] FILE_NAMES = {"libtiff-*.so.*", "libtiff.*.dylib"};

  /** In the order of {@code bl_tiff_functions}. */
  private static final String[] FUNCTIONS = {
    "TIFFGetFieldDefaulted", "TIFFIsTiled", "TIFFReadEncodedStrip", "TIFFReadEncodedTile"
  };

  private static final Field TABLE = Field.first(POINTER);
  private static final Field IMAGE = TABLE.then(POINTER);
  private static final Field RESIZER = IMAGE.then(POINTER);
  private static final Field MAX_BYTES = RESIZER.then(LONG);
  private static final Field PHOTOMETRIC = MAX_BYTES.then(INT);
  private static final Field ALPHA = PHOTOMETRIC.then(INT);
  private static final Field GROUND = ALPHA.then(INT);
  private static final Field INK = GROUND.then(POINTER);
  private static final long BYTES = INK.structureBytes();

  private static final int MESSAGE_BYTES = 1024;
  private static final int STOP_ON_ERROR = 1;

  private final TiffMemory callbacks;
  private final NativeFunction newOptions;
  private final NativeFunction freeOptions;
  private final NativeFunction limitAllocation;
  private final NativeFunction limitAllocations;
  private final MethodHandle open;
  private final NativeFunction close;
  private final NativeFunction configured;
  private final NativeFunction readable;
  private final NativeFunction read;
  private final NativeFunction readSamples;
  private final MemorySegment table;

  /**
   * Finds libtiff and loads it.
   *
   * @param bucketlens our own library, whose functions read the file
   * @throws UnsatisfiedLinkError if it is not found or does not load on this platform
   */
  public static TiffLibrary load(LoadedLibrary bucketlens) {
    return new TiffLibrary(LoadedLibrary.load(NativeLibrary.find(FILE_NAMES)), bucketlens);
  }

  private TiffLibrary(LoadedLibrary libtiff, LoadedLibrary bucketlens) {
    this.callbacks = TiffMemory.of(bucketlens);
    this.newOptions = libtiff.function("TIFFOpenOptionsAlloc", returns(POINTER));
    this.freeOptions = libtiff.function("TIFFOpenOptionsFree", returns(VOID).takes(POINTER));
    this.limitAllocation =
        libtiff.function("TIFFOpenOptionsSetMaxSingleMemAlloc", returns(VOID).takes(POINTER, LONG));
    this.limitAllocations =
        libtiff.function(
            "TIFFOpenOptionsSetMaxCumulatedMemAlloc", returns(VOID).takes(POINTER, LONG));
    this.open =
        libtiff.function(
            "TIFFClientOpenExt",
            FunctionDescriptor.of(
                ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS,
                ADDRESS, ADDRESS, ADDRESS));
    this.close = libtiff.function("TIFFClose", returns(VOID).takes(POINTER));
    this.configured = libtiff.function("TIFFIsCODECConfigured", returns(INT).takes(INT));
    this.readable = libtiff.function("TIFFRGBAImageOK", returns(INT).takes(POINTER, POINTER));
    this.read =
        libtiff.function(
            "TIFFReadRGBAImageOriented",
            returns(INT).takes(POINTER, UINT, UINT, POINTER, INT, INT));
    this.readSamples = bucketlens.function("bl_tiff_read", returns(INT).takes(POINTER));
    this.table = libtiff.table(FUNCTIONS);
    for (String messages : List.of("TIFFSetErrorHandler", "TIFFSetWarningHandler")) {
      libtiff.function(messages, returns(POINTER).takes(POINTER)).run(MemorySegment.NULL);
    }
  }

  /**
   * Opens the first image of a file.
   *
   * @param file lives as long as {@code arena}, which must outlive the image
   * @param maxBytes most that libtiff may allocate
   * @return the image, or NULL if libtiff cannot read its directory; {@link #close} it
   */
  MemorySegment open(Arena arena, MemorySegment file, long maxBytes) {
    MemorySegment options = newOptions.pointer();
    try {
      limitAllocation.run(options, maxBytes);
      limitAllocations.run(options, maxBytes);
      return (MemorySegment)
          open.invokeExact(
              arena.allocateFrom("upload"),
              arena.allocateFrom("r"),
              callbacks.handle(arena, file),
              callbacks.read(),
              callbacks.write(),
              callbacks.seek(),
              callbacks.close(),
              callbacks.size(),
              callbacks.map(),
              callbacks.unmap(),
              options);
    } catch (Throwable e) {
      throw NativeFunction.broken(e);
    } finally {
      freeOptions.run(options);
    }
  }

  void close(MemorySegment image) {
    close.run(image);
  }

  /** Whether the library was built with a compression. */
  boolean canDecompress(int compression) {
    return configured.integer(compression) != 0;
  }

  /** Whether the RGBA reader knows the image's kind of samples. */
  boolean isReadable(Arena arena, MemorySegment image) {
    return readable.integer(image, arena.allocate(JAVA_BYTE, MESSAGE_BYTES)) != 0;
  }

  /**
   * Reads the samples into a resizer of three channels, row by row.
   *
   * @param maxBytes most that a row of strips or tiles may take
   * @param rendering what shows through, and what ink looks like
   */
  TiffStatus readSamples(
      MemorySegment image,
      Resizer resizer,
      TiffSamples samples,
      long maxBytes,
      Rendering rendering) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(BYTES, Long.BYTES);
      TABLE.set(request, table);
      IMAGE.set(request, image);
      RESIZER.set(request, resizer.handle());
      MAX_BYTES.set(request, maxBytes);
      PHOTOMETRIC.set(request, samples.photometric());
      ALPHA.set(request, samples.alpha().sample());
      GROUND.set(request, samples.alpha().ground(rendering.background().rgb()));
      INK.set(request, rendering.ink().handle());
      return TiffStatus.of(readSamples.integer(request));
    }
  }

  /**
   * Reads all pixels, as stored: 32-bit words with red lowest and alpha highest, colours multiplied
   * by alpha.
   *
   * @param orientation the file's own, so that nothing is turned
   * @return false if the pixels are damaged or missing
   */
  boolean read(MemorySegment image, Header header, MemorySegment pixels, int orientation) {
    int done =
        read.integer(image, header.width(), header.height(), pixels, orientation, STOP_ON_ERROR);
    return done != 0;
  }
}
