package dev.bucketlens.image.format.jpeg;

import static dev.bucketlens.nativelib.NativeFunction.word;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.MemorySegment;

/**
 * Leptonica's entry points to libjpeg-turbo. libjpeg reports a fatal error by a {@code longjmp},
 * which must never cross a Java frame; Leptonica catches it in C and returns NULL.
 */
public final class JpegLibrary {

  private static final int SEVERITY_NONE = 6;
  private static final int KEEP_PALETTE_OUT = 0;
  private static final int CONTINUE_WITH_BAD_DATA = 2;

  private final NativeFunction read;
  private final NativeFunction destroy;
  private final NativeFunction width;
  private final NativeFunction height;
  private final NativeFunction depth;
  private final NativeFunction wordsPerLine;
  private final NativeFunction data;
  private final QuietStderr quietStderr;

  public JpegLibrary(LoadedLibrary leptonica) {
    this.read = leptonica.function("pixReadMemJpeg");
    this.destroy = leptonica.function("pixDestroy");
    this.width = leptonica.function("pixGetWidth");
    this.height = leptonica.function("pixGetHeight");
    this.depth = leptonica.function("pixGetDepth");
    this.wordsPerLine = leptonica.function("pixGetWpl");
    this.data = leptonica.function("pixGetData");
    this.quietStderr = new QuietStderr(LoadedLibrary.ofTheSystem());
    leptonica.function("setMsgSeverity").run(word(SEVERITY_NONE));
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
      return read.pointer(
          file,
          word(file.byteSize()),
          word(KEEP_PALETTE_OUT),
          word(reduction),
          warnings,
          word(CONTINUE_WITH_BAD_DATA));
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
    destroy.run(pointerToPix);
  }

  int width(MemorySegment pix) {
    return width.integer(pix);
  }

  int height(MemorySegment pix) {
    return height.integer(pix);
  }

  /** Returns 8 for gray and 32 for colour. */
  int depth(MemorySegment pix) {
    return depth.integer(pix);
  }

  int wordsPerLine(MemorySegment pix) {
    return wordsPerLine.integer(pix);
  }

  /** Returns the pix's 32-bit words; valid until it is destroyed. */
  @SuppressWarnings("restricted") // gives a C pointer its size
  MemorySegment data(MemorySegment pix) {
    return data.pointer(pix).reinterpret(4L * wordsPerLine(pix) * height(pix));
  }
}
