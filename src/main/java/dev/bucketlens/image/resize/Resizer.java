package dev.bucketlens.image.resize;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.RgbImage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Resizes an image and turns it upright while its rows arrive, in native code: Pillow's two
 * fixed-point passes with 8 bits between them. Rows come from the top, as 8-bit samples, either
 * from Java or from native code that is given the {@link #handle}; no photo is kept. Confined to
 * one decode and its thread; its native memory is the arena's that it was opened with.
 */
public final class Resizer {

  /** Bytes after the last row that vector loads may read. */
  public static final int SLACK = 64;

  /** Rows that cross to native code together, so that the crossings cost nothing. */
  private static final int BATCH = 8;

  private static final int PREMULTIPLIED = 1 << 24;

  private final ResizeLibrary library;
  private final StoredFraming framing;
  private final Arena arena;
  private final MemorySegment image;
  private final MemorySegment handle;
  private final int rowBytes;

  /** Rows that wait to be handed over; null until a row comes from Java. */
  private MemorySegment waiting;

  private int firstWaiting;
  private int rowsWaiting;
  private int nextOutput;

  private Resizer(
      Arena arena, ResizeLibrary library, StoredFraming framing, Channels channels, boolean plain) {
    this.library = library;
    this.framing = framing;
    this.arena = arena;
    this.rowBytes = channels.count() * framing.sourceWidth();
    this.image = arena.allocate(3L * framing.columns().size() * framing.rows().size());
    this.handle = library.open(arena, ResizeRequest.write(arena, framing, channels, image, plain));
  }

  /**
   * Opens a resizer.
   *
   * @param arena confined to this thread; closes the resizer
   * @param channels of the rows that will come
   * @throws OutOfMemoryError if there is no native memory; {@link StoredFraming#memory} tells
   *     before how much it takes
   */
  public static Resizer open(
      Arena arena, ResizeLibrary library, StoredFraming framing, Channels channels) {
    return new Resizer(arena, library, framing, channels, false);
  }

  /** As the other one, but plain C does the work: as on processors without vector units. */
  static Resizer openPlain(
      Arena arena, ResizeLibrary library, StoredFraming framing, Channels channels) {
    return new Resizer(arena, library, framing, channels, true);
  }

  /** Returns what our native code knows this resizer by; valid until it is closed. */
  public MemorySegment handle() {
    return handle;
  }

  /** Whether row {@code y} will be used; a decoder need not convert a row that is not. */
  public boolean wants(int y) {
    return nextOutput < framing.rows().size() && y >= framing.rows().first(nextOutput);
  }

  /**
   * Takes a row.
   *
   * @param samples one, or red, green and blue, for each pixel; the caller's again after the call
   */
  public void row(int y, byte[] samples) {
    if (!wants(y)) {
      return;
    }
    if (rowsWaiting == BATCH || y != firstWaiting + rowsWaiting) {
      handOver();
      firstWaiting = y;
    }
    if (waiting == null) {
      waiting = arena.allocate((long) BATCH * rowBytes + SLACK);
    }
    MemorySegment.copy(samples, 0, waiting, JAVA_BYTE, (long) rowsWaiting * rowBytes, rowBytes);
    rowsWaiting++;
    passed(y);
  }

  /**
   * Takes a row from native memory, as {@link #row(int, byte[])} does from an array.
   *
   * @param samples have {@link #SLACK} readable bytes behind them
   */
  public void row(int y, MemorySegment samples) {
    if (!wants(y)) {
      return;
    }
    if (samples.byteSize() != rowBytes) {
      throw new IllegalArgumentException(
          "A row of %,d bytes; the image's have %,d".formatted(samples.byteSize(), rowBytes));
    }
    handOver();
    require(library.rows(handle, y, 1, samples, rowBytes));
    passed(y);
  }

  /**
   * Takes all rows of an opaque image at once, as many as it is high.
   *
   * @param rgb red, green and blue for each pixel, without gaps, and {@link #SLACK} bytes behind
   *     them
   */
  public void rgb(MemorySegment rgb) {
    int height = framing.sourceHeight();
    long stride = 3L * framing.sourceWidth();
    if (stride != rowBytes || rgb.byteSize() < stride * height + SLACK) {
      throw new IllegalArgumentException(
          "%,d bytes are not %dx%d pixels of three, and what follows them"
              .formatted(rgb.byteSize(), framing.sourceWidth(), height));
    }
    require(library.rows(handle, 0, height, rgb, stride));
    passed(height - 1);
  }

  /**
   * Takes all rows at once, as many as the image is high.
   *
   * @param rgba red, green, blue and alpha for each pixel, without gaps
   * @param premultiplied whether the colours are multiplied by alpha already
   * @param backgroundRgb what shows through, as 0xRRGGBB
   */
  public void rgba(MemorySegment rgba, boolean premultiplied, int backgroundRgb) {
    rgba(rgba, 4L * framing.sourceWidth(), premultiplied, backgroundRgb);
  }

  /**
   * As the other one, of rows with gaps between them.
   *
   * @param stride bytes from one row to the next
   */
  public void rgba(MemorySegment rgba, long stride, boolean premultiplied, int backgroundRgb) {
    int height = framing.sourceHeight();
    if (stride < 4L * framing.sourceWidth() || rgba.byteSize() < stride * height) {
      throw new IllegalArgumentException(
          "%,d bytes are not %dx%d pixels of four"
              .formatted(rgba.byteSize(), framing.sourceWidth(), height));
    }
    int ground = premultiplied ? backgroundRgb | PREMULTIPLIED : backgroundRgb;
    require(library.rgbaRows(handle, 0, height, rgba, stride, ground));
    passed(height - 1);
  }

  private void passed(int y) {
    ResampleTable rows = framing.rows();
    while (nextOutput < rows.size() && rows.last(nextOutput) <= y) {
      nextOutput++;
    }
  }

  private void handOver() {
    if (rowsWaiting > 0) {
      require(library.rows(handle, firstWaiting, rowsWaiting, waiting, rowBytes));
      rowsWaiting = 0;
    }
  }

  private static void require(boolean taken) {
    if (!taken) {
      throw new IllegalStateException("Rows came that are not those of the image that was opened.");
    }
  }

  /**
   * Returns the result, upright, once every row has come.
   *
   * @throws ImageRejectedException if rows are missing
   */
  public RgbImage image() throws ImageRejectedException {
    handOver();
    if (library.missing(handle) > 0) {
      throw new ImageRejectedException(RejectionCode.TRUNCATED);
    }
    return new RgbImage(framing.uprightWidth(), framing.uprightHeight(), image.toArray(JAVA_BYTE));
  }
}
