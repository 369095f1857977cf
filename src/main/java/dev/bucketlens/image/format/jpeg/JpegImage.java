package dev.bucketlens.image.format.jpeg;

import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.colour.Ink;
import dev.bucketlens.image.colour.Rendering;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.format.SourceImage;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.resize.Resizer;
import java.util.List;

/** JPEG, decoded by libjpeg-turbo, at a fraction of its size if that is enough. */
public final class JpegImage implements SourceImage {

  /** Rows that libjpeg and our own code hold between them, more or less. */
  private static final int ROWS = 64;

  /** How often a decode is tried again with a scan less. */
  private static final int TRIES = 2;

  private final byte[] file;
  private final JpegLibrary library;
  private final JpegHeader jpeg;
  private final Header header;
  private final ImageLimits limits;

  private JpegImage(byte[] file, JpegLibrary library, JpegHeader jpeg, ImageLimits limits) {
    this.file = file;
    this.library = library;
    this.jpeg = jpeg;
    this.header = jpeg.header();
    this.limits = limits;
  }

  /**
   * Reads the header, and no pixels.
   *
   * @throws ImageRejectedException if it is damaged, or of a kind that is not decoded
   */
  public static JpegImage open(byte[] file, JpegLibrary library, Budget budget)
      throws ImageRejectedException {
    JpegHeader jpeg = JpegHeader.parse(file, budget);
    ImageLimits limits = budget.limits();
    if (jpeg.scans().count() > limits.maxScans()) {
      throw tooManyScans(limits);
    }
    return new JpegImage(file, library, jpeg, limits);
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
  public int channels() {
    return jpeg.isGray() ? 1 : 3;
  }

  @Override
  public boolean isInk() {
    return jpeg.isInk();
  }

  @Override
  public long memory(int reduction) {
    long row = 4L * SourceImage.reduced(header.width(), reduction);
    // libjpeg keeps 64 coefficients of 16 bits for each block until the last scan.
    long coefficients = jpeg.buffersCoefficients() ? jpeg.blocks() * 64 * 2 : 0;
    return file.length + ROWS * row + coefficients;
  }

  @Override
  public List<String> decode(int reduction, Rendering rendering, Resizer resizer)
      throws ImageRejectedException {
    if (jpeg.dataBytes() < jpeg.leastBytes()) {
      throw new ImageRejectedException(RejectionCode.TRUNCATED);
    }
    JpegResult result = decode(reduction, rendering.ink(), resizer);
    return switch (result.status()) {
      case OK -> damage(result, SourceImage.reduced(header.height(), reduction));
      case FAILED ->
          throw new ImageRejectedException(
              jpeg.scans().ended() ? RejectionCode.CORRUPT : RejectionCode.TRUNCATED);
      case OTHER_SIZE -> throw new ImageRejectedException(RejectionCode.CORRUPT);
      case TOO_MANY_SCANS -> throw tooManyScans(limits);
      case NO_MEMORY ->
          throw new OutOfMemoryError(
              "No native memory for rows of %,d pixels".formatted(header.width()));
    };
  }

  /**
   * Decodes; where libjpeg gives up at or behind a later scan, what came before it: without an end
   * marker, what a phone puts behind a photo looks like more of it. No row has come then.
   */
  private JpegResult decode(int reduction, Ink ink, Resizer resizer) {
    JpegScans scans = jpeg.scans();
    JpegResult result = decode(scans.end(), reduction, ink, resizer);
    int last = Math.min(result.scan(), scans.count());
    for (int scan = last;
        scans.several() && failed(result) && scan > Math.max(last - TRIES, 0);
        scan--) {
      result = decode(scans.ends()[scan - 1], reduction, ink, resizer);
    }
    return result;
  }

  private static boolean failed(JpegResult result) {
    return result.status() == JpegStatus.FAILED;
  }

  private JpegResult decode(int end, int reduction, Ink ink, Resizer resizer) {
    boolean toTheEnd = !jpeg.scans().ended();
    return library.decode(
        file, end, ink, resizer, reduction, limits.maxMemory(), limits.maxScans(), toTheEnd);
  }

  /**
   * A photo that was cut off late, or hurt inside, still shows what it shows: it is classified with
   * a warning. One that lacks more than a quarter of its rows is rejected.
   */
  private List<String> damage(JpegResult result, int height) throws ImageRejectedException {
    int missing = height - result.rowsRead();
    if (4L * missing > height) {
      throw new ImageRejectedException(
          RejectionCode.TRUNCATED,
          "The JPEG ends early: about %d%% of its rows are missing."
              .formatted(100L * missing / height));
    }
    if (result.endsEarly()) {
      return List.of("The JPEG ends early; the rest of it was classified.");
    }
    if (result.warnings() > 0) {
      return List.of("The JPEG is damaged inside; some of its pixels are wrong.");
    }
    boolean walked = jpeg.scans().several() || jpeg.scans().end() < file.length;
    boolean ended = walked ? jpeg.scans().ended() : !result.lacksEnd();
    return ended ? List.of() : List.of("The JPEG has no end marker; all of its rows are there.");
  }

  private static ImageRejectedException tooManyScans(ImageLimits limits) {
    return new ImageRejectedException(
        RejectionCode.UNSUPPORTED_FORMAT,
        "The JPEG has more than the %,d scans that are allowed.".formatted(limits.maxScans()));
  }
}
