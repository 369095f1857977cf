package dev.bucketlens.image;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Leptonica's entry points to libjpeg-turbo. libjpeg reports a fatal error by a {@code longjmp},
 * which must never cross a Java frame; Leptonica catches it in C and returns NULL.
 */
@SuppressWarnings("restricted") // native access is what this class is for
final class JpegLibrary {

  private static final int SEVERITY_NONE = 6;
  private static final int KEEP_PALETTE_OUT = 0;
  private static final int CONTINUE_WITH_BAD_DATA = 2;

  private final MethodHandle read;
  private final MethodHandle destroy;
  private final MethodHandle width;
  private final MethodHandle height;
  private final MethodHandle depth;
  private final MethodHandle wordsPerLine;
  private final MethodHandle data;
  private final QuietStderr quietStderr;

  JpegLibrary(ImageLibrary library) {
    this.read =
        library.function(
            "pixReadMemJpeg",
            FunctionDescriptor.of(
                ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    this.destroy = library.function("pixDestroy", FunctionDescriptor.ofVoid(ADDRESS));
    FunctionDescriptor intOfPix = FunctionDescriptor.of(JAVA_INT, ADDRESS);
    this.width = library.function("pixGetWidth", intOfPix);
    this.height = library.function("pixGetHeight", intOfPix);
    this.depth = library.function("pixGetDepth", intOfPix);
    this.wordsPerLine = library.function("pixGetWpl", intOfPix);
    this.data = library.function("pixGetData", FunctionDescriptor.of(ADDRESS, ADDRESS));
    this.quietStderr = new QuietStderr(library);
    silence(library);
  }

  private static void silence(ImageLibrary library) {
    try {
      int _ =
          (int)
              library
                  .function("setMsgSeverity", FunctionDescriptor.of(JAVA_INT, JAVA_INT))
                  .invokeExact(SEVERITY_NONE);
    } catch (Throwable e) {
      throw ImageLibrary.broken(e);
    }
  }

  /**
   * Decodes a JPEG.
   *
   * @param warnings receives libjpeg's count of warnings, an int
   * @return the pix, owned by the caller, who must {@link #destroy} it; NULL if libjpeg gave up
   */
  MemorySegment read(MemorySegment file, int reduction, MemorySegment warnings) {
    quietStderr.enter();
    try {
      return (MemorySegment)
          read.invokeExact(
              file, file.byteSize(), KEEP_PALETTE_OUT, reduction, warnings, CONTINUE_WITH_BAD_DATA);
    } catch (Throwable e) {
      throw ImageLibrary.broken(e);
    } finally {
      quietStderr.leave();
    }
  }

  /**
   * Frees a pix.
   *
   * @param pointerToPix an address that holds the pix, or NULL
   */
  void destroy(MemorySegment pointerToPix) {
    try {
      destroy.invokeExact(pointerToPix);
    } catch (Throwable e) {
      throw ImageLibrary.broken(e);
    }
  }

  int width(MemorySegment pix) {
    return intOf(width, pix);
  }

  int height(MemorySegment pix) {
    return intOf(height, pix);
  }

  /** Returns 8 for gray and 32 for colour. */
  int depth(MemorySegment pix) {
    return intOf(depth, pix);
  }

  int wordsPerLine(MemorySegment pix) {
    return intOf(wordsPerLine, pix);
  }

  /** Returns the pix's 32-bit words; valid until it is destroyed. */
  MemorySegment data(MemorySegment pix) {
    try {
      MemorySegment words = (MemorySegment) data.invokeExact(pix);
      return words.reinterpret(4L * wordsPerLine(pix) * height(pix));
    } catch (Throwable e) {
      throw ImageLibrary.broken(e);
    }
  }

  private static int intOf(MethodHandle getter, MemorySegment pix) {
    try {
      return (int) getter.invokeExact(pix);
    } catch (Throwable e) {
      throw ImageLibrary.broken(e);
    }
  }
}
