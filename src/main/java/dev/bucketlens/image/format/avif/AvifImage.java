package dev.bucketlens.image.format.avif;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.colour.Rendering;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.format.NativeBuffer;
import dev.bucketlens.image.format.SourceImage;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.resize.Resizer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** AVIF, decoded by libavif: the picture, or the first frame of a sequence. */
public final class AvifImage implements SourceImage {

  /**
   * Pictures that dav1d and libavif hold at once: the one in work, and one that is put together.
   */
  private static final int HELD = 2;

  private final byte[] file;
  private final AvifLibrary library;
  private final AvifHeader avif;
  private final ImageLimits limits;

  private AvifImage(byte[] file, AvifLibrary library, AvifHeader avif, ImageLimits limits) {
    this.file = file;
    this.library = library;
    this.avif = avif;
    this.limits = limits;
  }

  /**
   * Reads the header, and no pixels.
   *
   * @throws ImageRejectedException if it is damaged, or of a kind that is not decoded
   */
  public static AvifImage open(byte[] file, AvifLibrary library, Budget budget)
      throws ImageRejectedException {
    AvifBoxes.pay(file, budget);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment decoder = library.open(arena, arena.allocateFrom(JAVA_BYTE, file), 0, 0);
      if (decoder.address() == 0) {
        throw damaged();
      }
      return new AvifImage(file, library, library.header(decoder), budget.limits());
    }
  }

  @Override
  public Header header() {
    return avif.header();
  }

  @Override
  public long memory(int reduction) {
    return file.length + HELD * avif.planes() + pixelBytes();
  }

  /** Returns the bytes of decoded pixels, with what the resize may read behind them. */
  private long pixelBytes() {
    return avif.channels() * header().pixels() + Resizer.SLACK;
  }

  @Override
  public List<String> decode(int reduction, Rendering rendering, Resizer resizer)
      throws ImageRejectedException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, file);
      MemorySegment decoder = library.open(arena, input, limits.maxPixels(), limits.maxSide());
      if (decoder.address() == 0) {
        throw damaged();
      }
      MemorySegment pixels = NativeBuffer.allocate(arena, pixelBytes());
      if (!library.decode(decoder, pixels, header(), avif.channels())) {
        throw damaged();
      }
      if (avif.hasAlpha()) {
        resizer.rgba(pixels, false, rendering.background().rgb());
      } else {
        resizer.rgb(pixels);
      }
    }
    return List.of();
  }

  private static ImageRejectedException damaged() {
    return new ImageRejectedException(
        RejectionCode.CORRUPT, "The AVIF is damaged or ends early; it cannot be decoded.");
  }
}
