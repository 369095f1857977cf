package dev.bucketlens.image.format.avif;

import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.resize.Orientation;

/**
 * What the boxes of an AVIF say.
 *
 * @param depth bits of a sample: 8, 10 or 12
 */
record AvifHeader(Header header, int depth, boolean hasAlpha) {

  private static final int[] TURNED = {1, 8, 3, 6};
  private static final int[] TOP_AND_BOTTOM = {4, 5, 2, 7};
  private static final int[] LEFT_AND_RIGHT = {2, 7, 4, 5};

  /**
   * Returns an orientation by the boxes that turn and mirror a picture (ISO/IEC 23008-12, 6.5.10
   * and 6.5.12), which count, and not its EXIF.
   *
   * @param turns anticlockwise, by quarters
   * @param mirrored whether it is mirrored afterwards
   * @param axis 0 if top and bottom change places, 1 if left and right do
   */
  static Orientation orientation(int turns, boolean mirrored, int axis) {
    int[] tags = !mirrored ? TURNED : axis == 0 ? TOP_AND_BOTTOM : LEFT_AND_RIGHT;
    return Orientation.ofExif(tags[turns]);
  }

  int channels() {
    return hasAlpha ? 4 : 3;
  }

  /** Returns the bytes of a picture's planes: of light, two of colour, and alpha. */
  long planes() {
    return header.pixels() * channels() * (depth > 8 ? 2 : 1);
  }
}
