package dev.bucketlens.image.format.jpeg;

/**
 * What came of decoding a JPEG.
 *
 * @param error libjpeg's number of the error that ended it; 0 for none
 * @param warnings how often libjpeg met data that cannot be
 * @param rowsRead rows of the decoded image, from the top, that the file has data for; the row of
 *     blocks in which the data ends is among them
 * @param lacksEnd whether no end marker follows the last row; not told of several scans
 * @param scan in which, or behind which, an error ended it; from 1
 */
record JpegResult(
    JpegStatus status,
    int error,
    int warnings,
    boolean endsEarly,
    int rowsRead,
    boolean lacksEnd,
    int scan) {}
