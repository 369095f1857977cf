package dev.bucketlens.image.format;

import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.ImageInfo;
import dev.bucketlens.image.resize.Orientation;

/**
 * What a file says of itself before any pixel is decoded.
 *
 * @param width as stored, before {@code orientation}
 * @param height as stored, before {@code orientation}
 * @param iccProfile the embedded colour profile, or an empty array
 */
@SuppressWarnings("ArrayRecordComponent") // read once, by ColourManagement; never compared
public record Header(
    ImageFormat format, int width, int height, Orientation orientation, byte[] iccProfile) {

  /**
   * Bytes of the largest colour profile that is read: a scanner's lookup tables take one megabyte.
   * What is cut off there is refused where it is used.
   */
  public static final int MAX_PROFILE = 4 << 20;

  private static final byte[] NO_PROFILE = {};

  /** An upright image of this size in pixels, as stored, and without a profile. */
  public static Header of(ImageFormat format, int width, int height) {
    return new Header(format, width, height, Orientation.UPRIGHT, NO_PROFILE);
  }

  /** The same, to be turned. */
  public Header oriented(Orientation other) {
    return new Header(format, width, height, other, iccProfile);
  }

  /** The same with a colour profile; empty for none. */
  public Header profiled(byte[] profile) {
    return new Header(format, width, height, orientation, profile);
  }

  /** Returns what the file held, turned upright. */
  public ImageInfo info() {
    return orientation.swapsAxes()
        ? new ImageInfo(format, height, width)
        : new ImageInfo(format, width, height);
  }

  /** How many there are: width times height, which an int may not hold. */
  public long pixels() {
    return (long) width * height;
  }
}
