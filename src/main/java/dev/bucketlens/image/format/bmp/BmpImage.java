package dev.bucketlens.image.format.bmp;

import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.colour.Background;
import dev.bucketlens.image.colour.Rendering;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.format.SourceImage;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.input.ByteReader;
import dev.bucketlens.image.resize.Resizer;
import java.util.List;

/** BMP, decoded in Java. */
public final class BmpImage implements SourceImage {

  /**
   * Two bytes stand for at most 255 pixels; an escape for an empty line costs two bytes as well.
   */
  private static final int MAX_RUN = 255;

  private final byte[] file;
  private final Budget budget;
  private final BmpHeader bmp;

  private BmpImage(byte[] file, Budget budget, BmpHeader bmp) {
    this.file = file;
    this.budget = budget;
    this.bmp = bmp;
  }

  /**
   * Reads the header, and no pixels.
   *
   * @throws ImageRejectedException if it is damaged, or of a kind that is not decoded
   */
  public static BmpImage open(byte[] file, Budget budget) throws ImageRejectedException {
    return new BmpImage(file, budget, BmpHeader.parse(file, budget));
  }

  @Override
  public Header header() {
    return Header.of(ImageFormat.BMP, bmp.width(), bmp.height());
  }

  @Override
  public long memory(int reduction) {
    return bmp.runLengthEncoded() ? header().pixels() : bmp.rowBytes();
  }

  @Override
  public List<String> decode(int reduction, Rendering rendering, Resizer resizer)
      throws ImageRejectedException {
    ByteReader reader = ByteReader.littleEndian(file, budget).seek(bmp.pixelOffset());
    if (bmp.runLengthEncoded()) {
      decodeRuns(reader, resizer);
    } else {
      decodeRows(reader, rendering.background(), resizer);
    }
    return List.of();
  }

  private void decodeRuns(ByteReader reader, Resizer resizer) throws ImageRejectedException {
    budget.requireData(header().pixels(), (long) MAX_RUN * bmp.height());
    byte[] indices = new BmpRunLengths(reader, bmp).decode();
    byte[] rgb = new byte[3 * bmp.width()];
    for (int y = 0; y < bmp.height(); y++) {
      if (resizer.wants(y)) {
        int from = bmp.width() * storedRow(y);
        for (int x = 0; x < bmp.width(); x++) {
          paint(indices[from + x] & 0xFF, rgb, 3 * x);
        }
        resizer.row(y, rgb);
      }
    }
  }

  private void decodeRows(ByteReader reader, Background background, Resizer resizer)
      throws ImageRejectedException {
    long rowBytes = bmp.rowBytes();
    if (rowBytes * (bmp.height() - 1L) + unpaddedBytes() > reader.remaining()) {
      throw new ImageRejectedException(RejectionCode.TRUNCATED);
    }
    long start = bmp.pixelOffset();
    BmpPixels pixels = new BmpPixels(file, bmp, background, hasAlpha());
    byte[] rgb = new byte[3 * bmp.width()];
    for (int y = 0; y < bmp.height(); y++) {
      if (resizer.wants(y)) {
        pixels.convert((int) (start + rowBytes * storedRow(y)), rgb);
        resizer.row(y, rgb);
      }
    }
  }

  /** Whether any pixel's alpha is set: where none is, the writer meant none. */
  private boolean hasAlpha() {
    if (bmp.masks()[3] == 0 || bmp.bitCount() < 16) {
      return false;
    }
    int end = (int) (bmp.pixelOffset() + bmp.rowBytes() * (bmp.height() - 1L) + unpaddedBytes());
    int bytes = bmp.bitCount() / 8;
    for (int at = (int) bmp.pixelOffset(); at + bytes <= end; at += bytes) {
      if ((BmpPixels.pixel(file, at, bytes) & bmp.masks()[3]) != 0) {
        return true;
      }
    }
    return false;
  }

  /** The last row's padding may be missing. */
  private long unpaddedBytes() {
    return ((long) bmp.width() * bmp.bitCount() + 7) / 8;
  }

  private int storedRow(int y) {
    return bmp.topDown() ? y : bmp.height() - 1 - y;
  }

  private void paint(int index, byte[] rgb, int at) {
    System.arraycopy(bmp.palette(), 3 * index, rgb, at, 3);
  }
}
