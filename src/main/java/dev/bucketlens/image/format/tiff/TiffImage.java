package dev.bucketlens.image.format.tiff;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

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

/** TIFF, decoded by libtiff: the first page. */
public final class TiffImage implements SourceImage {

  /** More than a blank fax page reaches, which compresses best of all. */
  private static final long MAX_PIXELS_PER_BYTE = 1 << 16;

  private final byte[] file;
  private final TiffLibrary library;
  private final TiffHeader tiff;
  private final Budget budget;

  private TiffImage(byte[] file, TiffLibrary library, TiffHeader tiff, Budget budget) {
    this.file = file;
    this.library = library;
    this.tiff = tiff;
    this.budget = budget;
  }

  /**
   * Reads the header, and no pixels.
   *
   * @throws ImageRejectedException if it is damaged, or of a kind that is not decoded
   */
  public static TiffImage open(byte[] file, TiffLibrary library, Budget budget)
      throws ImageRejectedException {
    return new TiffImage(file, library, TiffHeader.parse(file, budget), budget);
  }

  @Override
  public Header header() {
    return tiff.header();
  }

  @Override
  public boolean isInk() {
    return tiff.samples().areInk();
  }

  @Override
  public long memory(int reduction) {
    long rgba = 4 * header().pixels();
    return file.length + (tiff.samples().needColoursOfLibtiff() ? rgba : bandBytes());
  }

  /**
   * Returns the memory for a band's samples as they are stored and, of one row, as they come out.
   */
  private long bandBytes() {
    return tiff.bandBytes() + (2L * tiff.samples().perPixel() + 4) * header().width();
  }

  @Override
  public List<String> decode(int reduction, Rendering rendering, Resizer resizer)
      throws ImageRejectedException {
    TiffSamples samples = tiff.samples();
    if (!library.canDecompress(samples.compression())) {
      throw TiffHeader.unknownCompression(samples.compression());
    }
    budget.requireData(header().pixels(), MAX_PIXELS_PER_BYTE);
    budget.inflate(samples.bytes(header().pixels()));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment input = arena.allocateFrom(JAVA_BYTE, file);
      MemorySegment image = library.open(arena, input, budget.limits().maxMemory());
      if (image.address() == 0) {
        throw damaged();
      }
      try {
        if (samples.needColoursOfLibtiff()) {
          resizer.rgba(readPixels(arena, image), true, rendering.background().rgb());
        } else {
          readSamples(image, rendering, resizer);
        }
      } finally {
        library.close(image);
      }
    }
    return List.of();
  }

  private void readSamples(MemorySegment image, Rendering rendering, Resizer resizer)
      throws ImageRejectedException {
    switch (library.readSamples(image, resizer, tiff.samples(), bandBytes(), rendering)) {
      case OK -> {}
      case DAMAGED -> throw damaged();
      case OTHER_KIND -> throw TiffSamples.rareKind();
      case NO_MEMORY ->
          throw new OutOfMemoryError(
              "No %,d bytes of native memory for a TIFF's samples".formatted(bandBytes()));
    }
  }

  private MemorySegment readPixels(Arena arena, MemorySegment image) throws ImageRejectedException {
    if (!library.isReadable(arena, image)) {
      throw TiffSamples.rareKind();
    }
    MemorySegment pixels = NativeBuffer.allocate(arena, 4 * header().pixels());
    if (!library.read(image, header(), pixels, tiff.orientationTag())) {
      throw damaged();
    }
    return pixels;
  }

  private static ImageRejectedException damaged() {
    return new ImageRejectedException(
        RejectionCode.CORRUPT, "The TIFF is damaged or ends early; it cannot be decoded.");
  }
}
