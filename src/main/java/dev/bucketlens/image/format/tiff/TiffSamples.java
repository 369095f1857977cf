package dev.bucketlens.image.format.tiff;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;

/**
 * How a TIFF stores its pixels (TIFF 6.0, sections 3 to 23).
 *
 * @param photometric what the first samples of a pixel mean, in TIFF's numbers
 * @param perPixel samples of a pixel, those beside its colour included
 * @param bits of a sample; 0 if samples differ
 * @param format of a sample, in TIFF's numbers; 0 if samples differ
 * @param compression as stored; the library knows which ones it has
 */
record TiffSamples(
    int photometric, int bits, int perPixel, TiffAlpha alpha, int format, int compression) {

  static final int WHITE_IS_ZERO = 0;
  static final int BLACK_IS_ZERO = 1;
  static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int CMYK = 5;
  private static final int YCBCR = 6;
  private static final int CIE_LAB = 8;
  private static final int ICC_LAB = 9;
  private static final int LOG_L = 32844;
  private static final int LOG_LUV = 32845;

  private static final int OLD_JPEG = 6;
  private static final int JPEG = 7;

  static final int UNSIGNED = 1;
  private static final int UNDEFINED = 4;

  /**
   * Whether libtiff's own reader must make the colours: it knows the subsampling of YCbCr, what
   * stands behind the oldest JPEG inside a TIFF, and logarithmic light. Of other samples it has its
   * own idea of alpha, of Lab and of more than 8 bits.
   */
  boolean needColoursOfLibtiff() {
    return switch (photometric) {
      case YCBCR, LOG_L, LOG_LUV -> true;
      default -> compression == OLD_JPEG;
    };
  }

  /** Whether they are four inks, which our own code makes colours of. */
  boolean areInk() {
    return photometric == CMYK && !needColoursOfLibtiff();
  }

  boolean areLab() {
    return photometric == CIE_LAB || photometric == ICC_LAB;
  }

  /** Returns the bytes that so many pixels take at most, however their rows are padded. */
  long bytes(long pixels) {
    return pixels * perPixel * ((bits + 7) / 8);
  }

  /**
   * Refuses kinds that are not read, which would look like damage, or be scored as what they are
   * not.
   */
  void requireReadable() throws ImageRejectedException {
    boolean readable =
        switch (photometric) {
          case WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, CMYK -> areWholeNumbers() && bits <= 16;
          case PALETTE -> areWholeNumbers() && bits <= 8;
          case CIE_LAB, ICC_LAB -> areWholeNumbers() && (bits == 8 || bits == 16);
          case YCBCR -> bits == 8 && perPixel == 3;
          case LOG_L, LOG_LUV -> true;
          default -> false;
        };
    if (!readable || (compression == JPEG && bits != 8)) {
      throw rareKind();
    }
  }

  private boolean areWholeNumbers() {
    return bits >= 1 && (format == UNSIGNED || format == UNDEFINED);
  }

  static ImageRejectedException rareKind() {
    return new ImageRejectedException(
        RejectionCode.UNSUPPORTED_FORMAT,
        "The file is a TIFF of a rare kind, which is not supported; send unsigned gray, RGB or CMYK"
            + " of 1 to 16 bits a sample, a palette of up to 8, or Lab of 8 or 16.");
  }
}
