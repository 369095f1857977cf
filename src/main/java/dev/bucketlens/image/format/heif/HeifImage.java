package dev.bucketlens.image.format.heif;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.colour.Rendering;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.format.SourceImage;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.resize.Resizer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * HEIC, decoded by libheif: the primary picture, which may be a grid of tiles. Its boxes turn it,
 * and not its EXIF, which phones write beside them.
 */
public final class HeifImage implements SourceImage {

  /** Samples that libheif holds of a pixel at once: four as decoded, as turned, and as RGBA. */
  private static final long HELD_SAMPLES = 12;

  private final byte[] file;
  private final HeifLibrary library;
  private final Header header;
  private final int sampleBytes;
  private final ImageLimits limits;

  private HeifImage(
      byte[] file, HeifLibrary library, Header header, int sampleBytes, ImageLimits limits) {
    this.file = file;
    this.library = library;
    this.header = header;
    this.sampleBytes = sampleBytes;
    this.limits = limits;
  }

  /**
   * Reads the header, and no pixels.
   *
   * @throws ImageRejectedException if it is damaged, or of a kind that is not decoded
   */
  public static HeifImage open(byte[] file, HeifLibrary library, Budget budget)
      throws ImageRejectedException {
    ImageLimits limits = budget.limits();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment picture = library.open(arena, arena.allocateFrom(JAVA_BYTE, file), limits);
      int sampleBytes = library.pictures().depth(picture) > 8 ? 2 : 1;
      return new HeifImage(file, library, library.pictures().header(picture), sampleBytes, limits);
    } catch (HeifException e) {
      throw e.rejection();
    }
  }

  @Override
  public Header header() {
    return header;
  }

  @Override
  public long memory(int reduction) {
    return file.length + HELD_SAMPLES * sampleBytes * header.pixels();
  }

  @Override
  public List<String> decode(int reduction, Rendering rendering, Resizer resizer)
      throws ImageRejectedException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment picture = library.open(arena, arena.allocateFrom(JAVA_BYTE, file), limits);
      HeifPixels pixels = library.decode(arena, picture);
      if (pixels.width() != header.width() || pixels.height() != header.height()) {
        throw new ImageRejectedException(
            RejectionCode.CORRUPT, "The HEIC's picture has another size than its header says.");
      }
      resizer.rgba(
          pixels.rgba(),
          pixels.rowBytes(),
          library.pictures().isPremultiplied(picture),
          rendering.background().rgb());
    } catch (HeifException e) {
      throw e.rejection();
    }
    return List.of();
  }
}
