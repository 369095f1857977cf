package dev.bucketlens.image;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** WebP, decoded by libwebp. */
final class WebpImage implements SourceImage {

  private final WebpLibrary library;
  private final WebpHeader webp;
  private final Header header;

  private WebpImage(WebpLibrary library, WebpHeader webp) {
    this.library = library;
    this.webp = webp;
    this.header = webp.header();
  }

  static WebpImage open(byte[] file, WebpLibrary library) throws ImageRejectedException {
    return new WebpImage(library, WebpHeader.parse(file));
  }

  @Override
  public Header header() {
    return header;
  }

  @Override
  public long memory(int reduction) {
    return webp.still().length + 4L * webp.width() * webp.height();
  }

  @Override
  public List<String> decode(int reduction, Background background, RowSink sink)
      throws ImageRejectedException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, webp.still());
      MemorySegment pixels = library.allocate(arena, 4L * webp.width() * webp.height());
      if (!library.decode(input, pixels, webp.width())) {
        throw new ImageRejectedException(
            RejectionCode.CORRUPT, "The WebP is damaged or ends early; it cannot be decoded.");
      }
      copy(pixels, background, sink);
    }
    return List.of();
  }

  private void copy(MemorySegment pixels, Background background, RowSink sink) {
    byte[] rgba = new byte[4 * webp.width()];
    byte[] rgb = new byte[3 * header.width()];
    for (int y = 0; y < header.height(); y++) {
      if (sink.wants(y)) {
        background.fill(rgb, 0, header.width());
        int row = y - webp.top();
        if (row >= 0 && row < webp.height()) {
          MemorySegment.copy(pixels, JAVA_BYTE, (long) row * rgba.length, rgba, 0, rgba.length);
          compose(rgba, background, rgb);
        }
        sink.row(y, rgb);
      }
    }
  }

  private void compose(byte[] rgba, Background background, byte[] rgb) {
    int at = 3 * webp.left();
    for (int from = 0; from < rgba.length; from += 4, at += 3) {
      int alpha = rgba[from + 3] & 0xFF;
      if (alpha == 255) {
        rgb[at] = rgba[from];
        rgb[at + 1] = rgba[from + 1];
        rgb[at + 2] = rgba[from + 2];
      } else {
        background.compose(
            rgba[from] & 0xFF, rgba[from + 1] & 0xFF, rgba[from + 2] & 0xFF, alpha, rgb, at);
      }
    }
  }
}
