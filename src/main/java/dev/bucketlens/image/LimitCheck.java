package dev.bucketlens.image;

import dev.bucketlens.image.format.Header;

/** Holds an image against the limits; each refusal says what was found and what is allowed. */
record LimitCheck(ImageLimits limits) {

  void bytes(byte[] file) throws ImageRejectedException {
    if (file.length > limits.maxBytes()) {
      throw new ImageRejectedException(
          RejectionCode.TOO_MANY_BYTES,
          "The file has %,d bytes; at most %,d are accepted."
              .formatted(file.length, limits.maxBytes()));
    }
  }

  void size(Header header) throws ImageRejectedException {
    int width = header.width();
    int height = header.height();
    if (width > limits.maxSide() || height > limits.maxSide()) {
      throw tooMany(
          "The image is %,dx%,d pixels; a side may have at most %,d."
              .formatted(width, height, limits.maxSide()));
    }
    if (header.pixels() > limits.maxPixels()) {
      throw tooMany(
          "The image has %,d pixels; at most %,d are accepted."
              .formatted(header.pixels(), limits.maxPixels()));
    }
    if (width < limits.minSide() || height < limits.minSide()) {
      throw new ImageRejectedException(
          RejectionCode.TOO_SMALL,
          "The image is %dx%d pixels; each side needs at least %d."
              .formatted(width, height, limits.minSide()));
    }
  }

  void memory(long bytes) throws ImageRejectedException {
    // No Java array is longer, whatever the limit says.
    long most = Math.min(limits.maxMemory(), Integer.MAX_VALUE - 16L);
    if (bytes > most) {
      throw tooMany(
          "The image needs %,d bytes of memory to decode; at most %,d are allowed."
              .formatted(bytes, most));
    }
  }

  private static ImageRejectedException tooMany(String sentence) {
    return new ImageRejectedException(RejectionCode.TOO_MANY_PIXELS, sentence);
  }
}
