package dev.bucketlens.image.format;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.colour.Rendering;
import dev.bucketlens.image.resize.Resizer;
import java.util.List;

/** An image file whose header has been read and whose pixels have not. One per format. */
public interface SourceImage {

  Header header();

  /**
   * Returns the largest of the divisors 1, 2, 4, 8 that this format can decode at and that leaves
   * at least {@code width} by {@code height} stored pixels.
   */
  default int reduction(double width, double height) {
    return 1;
  }

  /** Returns the samples of a pixel in the rows that {@link #decode} gives: 3, or 1 for gray. */
  default int channels() {
    return 3;
  }

  /** Whether pixels are of cyan, magenta, yellow and black, which a profile may tell of. */
  default boolean isInk() {
    return false;
  }

  /** Returns the memory in bytes that {@link #decode} takes at most, beside a few rows. */
  long memory(int reduction);

  /**
   * Decodes the pixels, composed on the background; ink becomes red, green and blue.
   *
   * @param reduction what {@link #reduction} returned, or 1; the rows are {@code ceil(width /
   *     reduction)} wide, and {@code ceil(height / reduction)} of them come
   * @return warnings: damage that was tolerated
   */
  List<String> decode(int reduction, Rendering rendering, Resizer resizer)
      throws ImageRejectedException;

  /**
   * Returns the largest of the divisors 1, 2, 4, 8 that leaves at least {@code width} by {@code
   * height} of an image's stored pixels.
   */
  static int largestReduction(Header header, double width, double height) {
    int reduction = 8;
    while (reduction > 1
        && (reduced(header.width(), reduction) < width
            || reduced(header.height(), reduction) < height)) {
      reduction /= 2;
    }
    return reduction;
  }

  /** Returns the length of a side when decoded at a reduction. */
  static int reduced(int side, int reduction) {
    return (side + reduction - 1) / reduction;
  }
}
