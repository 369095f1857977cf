package dev.bucketlens.image.format.tiff;

import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.input.ByteReader;
import dev.bucketlens.image.resize.Orientation;
import java.util.List;

/**
 * The first directory of a TIFF: what must be known before libtiff sees the file.
 *
 * @param orientationTag as stored; libtiff must be told the same, so that it turns nothing itself
 * @param bandBytes of a row of tiles, or of a strip, with all its samples
 */
record TiffHeader(Header header, int orientationTag, TiffSamples samples, long bandBytes) {

  /** Where raws of Canon and Phase One have a mark. */
  private static final int MARK = 8;

  private static final List<String> MARKS = List.of("CR\2", "IIII", "MMMM");

  static TiffHeader parse(byte[] file, Budget budget) throws ImageRejectedException {
    ByteReader reader =
        file[0] == 'I' ? ByteReader.littleEndian(file, budget) : ByteReader.bigEndian(file, budget);
    boolean marked = MARKS.stream().anyMatch(reader.seek(MARK)::at);
    reader.seek(reader.seek(4).u32());
    TiffDirectory directory = TiffDirectory.read(reader);
    if (marked || directory.isRaw()) {
      throw cameraRaw();
    }
    requireSize(directory.width(), directory.height());
    TiffSamples samples = directory.samples();
    samples.requireReadable();
    return new TiffHeader(
        header(directory, samples),
        directory.orientation(),
        samples,
        samples.bytes(directory.bandPixels()));
  }

  private static Header header(TiffDirectory directory, TiffSamples samples) {
    Header header =
        Header.of(ImageFormat.TIFF, (int) directory.width(), (int) directory.height())
            .oriented(Orientation.ofExif(directory.orientation()));
    // Lab is sRGB once it is read; a profile of it would say how it was printed.
    return samples.areLab() ? header : header.profiled(directory.profile());
  }

  private static void requireSize(long width, long height) throws ImageRejectedException {
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new ImageRejectedException(
          RejectionCode.CORRUPT, "The TIFF does not say its size; it cannot be decoded.");
    }
  }

  static ImageRejectedException unknownCompression(int compression) {
    return new ImageRejectedException(
        RejectionCode.UNSUPPORTED_FORMAT,
        "The file is a TIFF with compression %d, which is not supported; send one with LZW, deflate or JPEG."
            .formatted(compression));
  }

  private static ImageRejectedException cameraRaw() {
    return new ImageRejectedException(
        RejectionCode.UNSUPPORTED_FORMAT,
        "The file is a camera raw (DNG, NEF, CR2, ARW or the like), which is not supported; send"
            + " the JPEG that the camera or a converter makes of it.");
  }
}
