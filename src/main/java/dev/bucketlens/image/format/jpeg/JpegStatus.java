package dev.bucketlens.image.format.jpeg;

/** How decoding a JPEG ended, in the order of {@code BL_JPEG_} in {@code bucketlens.h}. */
enum JpegStatus {
  OK,
  /** libjpeg gave up. */
  FAILED,
  /** The image is not what its header said. */
  OTHER_SIZE,
  TOO_MANY_SCANS,
  NO_MEMORY;

  private static final JpegStatus[] VALUES = values();

  static JpegStatus of(int code) {
    return VALUES[code];
  }
}
