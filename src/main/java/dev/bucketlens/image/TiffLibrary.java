package dev.bucketlens.image;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** libtiff: its RGBA reader, with a cap on what it allocates, and without its messages. */
@SuppressWarnings("restricted") // native access is what this class is for
final class TiffLibrary {

  private static final int MESSAGE_BYTES = 1024;
  private static final int STOP_ON_ERROR = 1;

  private final TiffMemory callbacks = new TiffMemory();
  private final NativeBuffer buffers;
  private final MethodHandle newOptions;
  private final MethodHandle freeOptions;
  private final MethodHandle limitAllocation;
  private final MethodHandle limitAllocations;
  private final MethodHandle open;
  private final MethodHandle close;
  private final MethodHandle readable;
  private final MethodHandle read;

  TiffLibrary(ImageLibrary library) {
    this.buffers = new NativeBuffer(library);
    FunctionDescriptor setSize = FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG);
    this.newOptions = library.function("TIFFOpenOptionsAlloc", FunctionDescriptor.of(ADDRESS));
    this.freeOptions = library.function("TIFFOpenOptionsFree", FunctionDescriptor.ofVoid(ADDRESS));
    this.limitAllocation = library.function("TIFFOpenOptionsSetMaxSingleMemAlloc", setSize);
    this.limitAllocations = library.function("TIFFOpenOptionsSetMaxCumulatedMemAlloc", setSize);
    this.open =
        library.function(
            "TIFFClientOpenExt",
            FunctionDescriptor.of(
                ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS,
                ADDRESS, ADDRESS, ADDRESS));
    this.close = library.function("TIFFClose", FunctionDescriptor.ofVoid(ADDRESS));
    this.readable =
        library.function("TIFFRGBAImageOK", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    this.read =
        library.function(
            "TIFFReadRGBAImageOriented",
            FunctionDescriptor.of(
                JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));
    silence(library, "TIFFSetErrorHandler");
    silence(library, "TIFFSetWarningHandler");
  }

  private static void silence(ImageLibrary library, String setter) {
    try {
      MemorySegment _ =
          (MemorySegment)
              library
                  .function(setter, FunctionDescriptor.of(ADDRESS, ADDRESS))
                  .invokeExact(MemorySegment.NULL);
    } catch (Throwable e) {
      throw ImageLibrary.broken(e);
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
    try {
      MemorySegment options = (MemorySegment) newOptions.invokeExact();
      try {
        limitAllocation.invokeExact(options, maxBytes);
        limitAllocations.invokeExact(options, maxBytes);
        return (MemorySegment)
            open.invokeExact(
                arena.allocateFrom("upload"),
                arena.allocateFrom("r"),
                TiffMemory.handle(arena, file),
                callbacks.readCallback(),
                callbacks.writeCallback(),
                callbacks.seekCallback(),
                callbacks.closeCallback(),
                callbacks.sizeCallback(),
                MemorySegment.NULL,
                MemorySegment.NULL,
                options);
      } finally {
        freeOptions.invokeExact(options);
      }
    } catch (Throwable e) {
      throw ImageLibrary.broken(e);
    }
  }

  /** Returns zeroed memory for pixels, freed with the arena. */
  MemorySegment allocate(Arena arena, long bytes) {
    return buffers.allocate(arena, bytes);
  }

  void close(MemorySegment image) {
    try {
      close.invokeExact(image);
    } catch (Throwable e) {
      throw ImageLibrary.broken(e);
    }
  }

  /** Whether the RGBA reader knows the image's kind of samples. */
  boolean isReadable(Arena arena, MemorySegment image) {
    try {
      return (int) readable.invokeExact(image, arena.allocate(JAVA_BYTE, MESSAGE_BYTES)) != 0;
    } catch (Throwable e) {
      throw ImageLibrary.broken(e);
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
    try {
      int done =
          (int)
              read.invokeExact(
                  image, header.width(), header.height(), pixels, orientation, STOP_ON_ERROR);
      return done != 0;
    } catch (Throwable e) {
      throw ImageLibrary.broken(e);
    }
  }
}
