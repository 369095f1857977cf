package dev.bucketlens.image.format.jpeg;

/**
 * What came of decoding a JPEG.
 *
 * @param error libjpeg's number of the error that ended it; 0 for none
 * @param warnings how often libjpeg met data that cannot be
 * @param rowsRead rows of the decoded image, from the top, that the file has data for; the row of
 *     blocks in which the data ends is among them
 */
record JpegResult(Status status, int error, int warnings, boolean endsEarly, int rowsRead) {

  /** In the order of {@code BL_JPEG_} in {@code bucketlens.h}. */
  enum Status {
    OK,
    /** libjpeg gave up. */
    FAILED,
    /** The image is not what its header said. */
    OTHER_SIZE,
    TOO_MANY_SCANS,
    NO_MEMORY;

    private static final Status[] VALUES = values();

    static Status of(int code) {
      return VALUES[code];
    }
  }
}
