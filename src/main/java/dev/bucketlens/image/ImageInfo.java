package dev.bucketlens.image;

import java.util.Objects;

/**
 * What the file held.
 *
 * @param width of the upright original (after EXIF orientation), in pixels
 * @param height of the upright original, in pixels
 */
public record ImageInfo(ImageFormat format, int width, int height) {

  public ImageInfo {
    Objects.requireNonNull(format, "format");
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("image size %dx%d is empty".formatted(width, height));
    }
  }
}
