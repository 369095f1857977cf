package dev.bucketlens.image.format.tiff;

/** What came of reading samples, in the order of {@code BL_TIFF_} in {@code bucketlens.h}. */
enum TiffStatus {
  OK,
  /** Or another image than the resizer was opened for. */
  DAMAGED,
  OTHER_KIND,
  NO_MEMORY;

  private static final TiffStatus[] VALUES = values();

  static TiffStatus of(int code) {
    return VALUES[code];
  }
}
