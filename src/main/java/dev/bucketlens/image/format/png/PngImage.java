package dev.bucketlens.image.format.png;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.colour.Rendering;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.format.SourceImage;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.resize.Resizer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * PNG, inflated by the JDK's zlib and read in Java, line by line, so that a large screenshot takes
 * a few lines of memory. Native code of ours undoes the lines' filters. Of an animated PNG, the
 * default image.
 */
public final class PngImage implements SourceImage {

  /** Deflate's best: one bit pair stands for 258 bytes. */
  private static final int MAX_INFLATION = 1032;

  /** Adam7's passes: first column, first row, column step, row step. */
  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private final byte[] file;
  private final PngLibrary library;
  private final Budget budget;
  private final PngHeader png;
  private final Header header;

  private PngImage(byte[] file, PngLibrary library, Budget budget, PngHeader png) {
    this.file = file;
    this.library = library;
    this.budget = budget;
    this.png = png;
    this.header = png.header();
  }

  /**
   * Reads the header, and no pixels.
   *
   * @throws ImageRejectedException if it is damaged, or of a kind that is not decoded
   */
  public static PngImage open(byte[] file, PngLibrary library, Budget budget)
      throws ImageRejectedException {
    return new PngImage(file, library, budget, PngHeader.parse(file, budget));
  }

  @Override
  public Header header() {
    return header;
  }

  @Override
  public long memory(int reduction) {
    long lines = 3L * (1 + png.lineBytes(header.width()));
    return lines + (png.interlaced() ? 3 * header.pixels() : 3L * header.width());
  }

  @Override
  public List<String> decode(int reduction, Rendering rendering, Resizer resizer)
      throws ImageRejectedException {
    long samples = (long) png.lineBytes(header.width()) * header.height();
    budget.requireData(samples, MAX_INFLATION);
    budget.inflate(samples);
    PngPixels pixels = new PngPixels(png, rendering.background());
    try (Arena arena = Arena.ofConfined();
        PngChunks data = new PngChunks(file, png.firstData(), budget)) {
      if (png.interlaced()) {
        decodeInterlaced(arena, data, pixels, resizer);
      } else {
        decodeLines(arena, data, pixels, resizer);
      }
    }
    return List.of();
  }

  private void decodeLines(Arena arena, PngChunks data, PngPixels pixels, Resizer resizer)
      throws ImageRejectedException {
    PngLines lines = new PngLines(arena, library, png, data, header.width());
    byte[] rgb = new byte[3 * header.width()];
    for (int y = 0; y < header.height(); y++) {
      MemorySegment line = lines.next();
      if (!resizer.wants(y)) {
        continue;
      }
      if (pixels.areRgb()) {
        resizer.row(y, line);
      } else {
        pixels.convert(line, header.width(), rgb, 0, 3);
        resizer.row(y, rgb);
      }
    }
  }

  private void decodeInterlaced(Arena arena, PngChunks data, PngPixels pixels, Resizer resizer)
      throws ImageRejectedException {
    int width = header.width();
    byte[] image = new byte[3 * width * header.height()];
    for (int[] pass : PASSES) {
      int passWidth = (width - pass[0] + pass[2] - 1) / pass[2];
      if (passWidth <= 0) {
        continue;
      }
      PngLines lines = new PngLines(arena, library, png, data, passWidth);
      for (int y = pass[1]; y < header.height(); y += pass[3]) {
        pixels.convert(lines.next(), passWidth, image, 3 * (y * width + pass[0]), 3 * pass[2]);
      }
    }
    for (int y = 0; y < header.height(); y++) {
      if (resizer.wants(y)) {
        resizer.row(y, Arrays.copyOfRange(image, 3 * width * y, 3 * width * (y + 1)));
      }
    }
  }
}
