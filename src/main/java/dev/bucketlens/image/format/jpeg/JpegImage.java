package dev.bucketlens.image.format.jpeg;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.colour.Background;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.format.SourceImage;
import dev.bucketlens.image.resize.RowSink;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** JPEG, decoded by libjpeg-turbo, at a fraction of its size if that is enough. */
public final class JpegImage implements SourceImage {

  /** Bytes of the marker that starts every JPEG. */
  private static final int AFTER_START = 2;

  /**
   * CMYK is stored inverted by everybody who follows Adobe, which is everybody; browsers and Pillow
   * take it so with or without Adobe's marker, Leptonica only with it. Version 100, no flags, no
   * transform.
   */
  private static final byte[] ADOBE_MARKER = {
    (byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
  };

  private final byte[] file;
  private final JpegLibrary library;
  private final JpegHeader jpeg;
  private final Header header;

  private JpegImage(byte[] file, JpegLibrary library, JpegHeader jpeg) {
    this.file = file;
    this.library = library;
    this.jpeg = jpeg;
    this.header = jpeg.header();
  }

  public static JpegImage open(byte[] file, JpegLibrary library, ImageLimits limits)
      throws ImageRejectedException {
    JpegHeader jpeg = JpegHeader.parse(file);
    if (jpeg.scans() > limits.maxScans()) {
      throw new ImageRejectedException(
          RejectionCode.CORRUPT,
          "The JPEG has %,d scans, more than the %,d that are allowed."
              .formatted(jpeg.scans(), limits.maxScans()));
    }
    return new JpegImage(file, library, jpeg);
  }

  @Override
  public Header header() {
    return header;
  }

  @Override
  public int reduction(double width, double height) {
    return SourceImage.largestReduction(header, width, height);
  }

  @Override
  public long memory(int reduction) {
    long pixels =
        4L
            * SourceImage.reduced(header.width(), reduction)
            * SourceImage.reduced(header.height(), reduction);
    // libjpeg keeps 64 coefficients of 16 bits for each block until the last scan.
    long coefficients = jpeg.buffersCoefficients() ? jpeg.blocks() * 64 * 2 : 0;
    return file.length + pixels + coefficients;
  }

  @Override
  public List<String> decode(int reduction, Background background, RowSink sink)
      throws ImageRejectedException {
    if (jpeg.dataBytes() < jpeg.leastBytes()) {
      throw new ImageRejectedException(RejectionCode.TRUNCATED);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = input(arena);
      MemorySegment warnings = arena.allocate(JAVA_INT);
      MemorySegment holder = arena.allocate(JAVA_LONG);
      MemorySegment pix = library.read(input, reduction, warnings);
      if (pix.address() == 0) {
        throw new ImageRejectedException(
            jpeg.ends() ? RejectionCode.CORRUPT : RejectionCode.TRUNCATED);
      }
      holder.set(JAVA_LONG, 0, pix.address());
      try {
        JpegPixels pixels = JpegPixels.of(library, pix);
        pixels.requireSize(
            SourceImage.reduced(header.width(), reduction),
            SourceImage.reduced(header.height(), reduction));
        List<String> damage = damage(warnings.get(JAVA_INT, 0), pixels);
        pixels.copyTo(sink);
        return damage;
      } finally {
        library.destroy(holder);
      }
    }
  }

  private MemorySegment input(Arena arena) {
    if (!jpeg.isUnmarkedCmyk()) {
      return arena.allocateFrom(JAVA_BYTE, file);
    }
    MemorySegment input = arena.allocate((long) file.length + ADOBE_MARKER.length);
    MemorySegment.copy(file, 0, input, JAVA_BYTE, 0, AFTER_START);
    MemorySegment.copy(ADOBE_MARKER, 0, input, JAVA_BYTE, AFTER_START, ADOBE_MARKER.length);
    int rest = AFTER_START + ADOBE_MARKER.length;
    MemorySegment.copy(file, AFTER_START, input, JAVA_BYTE, rest, file.length - AFTER_START);
    return input;
  }

  /**
   * A photo that was cut off late, or hurt inside, still shows what it shows: it is classified with
   * a warning. One that lacks more than a quarter of its rows is rejected.
   */
  private List<String> damage(int warnings, JpegPixels pixels) throws ImageRejectedException {
    if (warnings == 0) {
      return List.of();
    }
    if (jpeg.ends()) {
      return List.of("The JPEG is damaged inside; some of its pixels are wrong.");
    }
    int missing = pixels.flatRowsAtEnd();
    if (4L * missing > pixels.height()) {
      throw new ImageRejectedException(
          RejectionCode.TRUNCATED,
          "The JPEG ends early: about %d%% of its rows are missing."
              .formatted(100L * missing / pixels.height()));
    }
    return List.of("The JPEG ends early; the rest of it was classified.");
  }
}
