package dev.bucketlens.image;

import java.util.List;
import java.util.Objects;

/**
 * An image as the model wants it.
 *
 * @param info what the file held
 * @param warnings sentences about damage that was tolerated, such as a JPEG cut off near its end
 */
public record DecodedImage(RgbImage pixels, ImageInfo info, List<String> warnings) {

  public DecodedImage {
    Objects.requireNonNull(pixels, "pixels");
    Objects.requireNonNull(info, "info");
    warnings = List.copyOf(warnings);
  }
}
