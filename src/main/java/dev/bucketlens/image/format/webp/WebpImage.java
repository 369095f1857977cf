package dev.bucketlens.image.format.webp;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.colour.Background;
import dev.bucketlens.image.colour.Rendering;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.format.NativeBuffer;
import dev.bucketlens.image.format.SourceImage;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.resize.Resizer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** WebP, decoded by libwebp, at a fraction of its size if that is enough. */
public final class WebpImage implements SourceImage {

  private final WebpLibrary library;
  private final WebpHeader webp;
  private final Header header;

  private WebpImage(WebpLibrary library, WebpHeader webp) {
    this.library = library;
    this.webp = webp;
    this.header = webp.header();
  }

  /**
   * Reads the header, and no pixels.
   *
   * @throws ImageRejectedException if it is damaged, or of a kind that is not decoded
   */
  public static WebpImage open(byte[] file, WebpLibrary library, Budget budget)
      throws ImageRejectedException {
    return new WebpImage(library, WebpHeader.parse(file, budget));
  }

  @Override
  public Header header() {
    return header;
  }

  /** A frame that stands somewhere on a larger canvas is not reduced: it might begin mid-pixel. */
  @Override
  public int reduction(double width, double height) {
    return webp.fillsCanvas() ? SourceImage.largestReduction(header, width, height) : 1;
  }

  @Override
  public long memory(int reduction) {
    long pixels = (long) webp.width() * webp.height();
    // libwebp keeps a lossless image whole whatever it is scaled to, and of a lossy one the alpha.
    long kept = webp.lossy() ? pixels : 4 * pixels;
    return webp.still().length + kept + pixelBytes(width(reduction), height(reduction));
  }

  /** Returns the bytes of decoded pixels, with what the resize may read behind them. */
  private long pixelBytes(int width, int height) {
    return (long) samples() * width * height + Resizer.SLACK;
  }

  private int samples() {
    return webp.hasAlpha() ? 4 : 3;
  }

  private int width(int reduction) {
    return SourceImage.reduced(webp.width(), reduction);
  }

  private int height(int reduction) {
    return SourceImage.reduced(webp.height(), reduction);
  }

  @Override
  public List<String> decode(int reduction, Rendering rendering, Resizer resizer)
      throws ImageRejectedException {
    int width = width(reduction);
    int height = height(reduction);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, webp.still());
      MemorySegment pixels = NativeBuffer.allocate(arena, pixelBytes(width, height));
      if (!library.decode(input, pixels, width, height, samples(), reduction > 1)) {
        throw new ImageRejectedException(
            RejectionCode.CORRUPT, "The WebP is damaged or ends early; it cannot be decoded.");
      }
      if (webp.fillsCanvas() && !webp.hasAlpha()) {
        resizer.rgb(pixels);
      } else if (webp.fillsCanvas()) {
        resizer.rgba(pixels, false, rendering.background().rgb());
      } else {
        copy(pixels, rendering.background(), resizer);
      }
    }
    return List.of();
  }

  /** Puts the frame on its canvas, whose rest is background. Such a frame is never reduced. */
  private void copy(MemorySegment pixels, Background background, Resizer resizer) {
    byte[] frame = new byte[samples() * webp.width()];
    byte[] rgb = new byte[3 * header.width()];
    for (int y = 0; y < header.height(); y++) {
      if (resizer.wants(y)) {
        background.fill(rgb, 0, header.width());
        int row = y - webp.top();
        if (row >= 0 && row < webp.height()) {
          MemorySegment.copy(pixels, JAVA_BYTE, (long) row * frame.length, frame, 0, frame.length);
          compose(frame, background, rgb);
        }
        resizer.row(y, rgb);
      }
    }
  }

  private void compose(byte[] frame, Background background, byte[] rgb) {
    int at = 3 * webp.left();
    for (int from = 0; from < frame.length; from += samples(), at += 3) {
      background.compose(
          frame[from] & 0xFF,
          frame[from + 1] & 0xFF,
          frame[from + 2] & 0xFF,
          webp.hasAlpha() ? frame[from + 3] & 0xFF : 255,
          rgb,
          at);
    }
  }
}
