package dev.bucketlens.image.format.jpeg;

import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.format.Exif;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.input.ByteReader;
import dev.bucketlens.image.resize.Orientation;
import java.io.ByteArrayOutputStream;

/**
 * What a JPEG's markers say. Parsed here, before libjpeg sees the file, so that the limits hold
 * whatever the entropy-coded data turns out to be.
 */
final class JpegHeader {

  private static final int RST0 = 0xD0;
  private static final int RST7 = 0xD7;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int TEM = 0x01;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final String EXIF = "Exif\0\0";
  private static final String ICC = "ICC_PROFILE\0";

  private final byte[] file;
  private final Budget budget;
  private final ByteReader reader;
  private final ByteArrayOutputStream iccProfile = new ByteArrayOutputStream();
  private Orientation orientation = Orientation.UPRIGHT;
  private boolean oriented;

  /** Null until it is read; never afterwards. */
  private JpegFrame frame;

  private int scanStart;

  /** Null until they are found; never afterwards. */
  private JpegScans scans;

  private JpegHeader(byte[] file, Budget budget) {
    this.file = file;
    this.budget = budget;
    this.reader = ByteReader.bigEndian(file, budget);
  }

  static JpegHeader parse(byte[] file, Budget budget) throws ImageRejectedException {
    JpegHeader header = new JpegHeader(file, budget);
    header.readToFirstScan();
    header.findEnd();
    return header;
  }

  private void readToFirstScan() throws ImageRejectedException {
    reader.seek(2);
    while (true) {
      int marker = nextMarker();
      if (marker == SOS) {
        break;
      }
      if (marker == EOI) {
        throw corrupt("has no image data");
      }
      if (isStandalone(marker)) {
        continue;
      }
      int length = Math.max(reader.u16(), shortest(marker));
      if (length < 2) {
        throw corrupt("has a marker segment without a length");
      }
      int next = reader.position() + length - 2;
      readSegment(marker, length - 2);
      reader.seek(next);
    }
    if (frame == null || frame.width() == 0) {
      throw corrupt("does not say its size");
    }
    if (frame.height() == 0) {
      throw JpegFrame.rareKind("its height behind its data");
    }
    scanStart = reader.position();
  }

  /** Returns the least length of a segment: of comments and the like, libjpeg takes any. */
  private static int shortest(int marker) {
    return JpegScans.isSkipped(marker) ? 2 : 0;
  }

  private void readSegment(int marker, int length) throws ImageRejectedException {
    if (JpegFrame.startsWith(marker)) {
      if (frame != null) {
        throw corrupt("has two frame headers");
      }
      frame = JpegFrame.read(reader, marker);
    } else if (marker == APP1 && !oriented && length > EXIF.length() && reader.at(EXIF)) {
      orientation = Exif.orientation(reader.bytes(length), budget);
      oriented = true;
    } else if (marker == APP2
        && reader.at(ICC)
        && length > ICC.length() + 2
        && iccProfile.size() < Header.MAX_PROFILE) {
      // Parts come in order in every file seen; a profile out of order fails to parse and is left.
      reader.skip(ICC.length() + 2L);
      iccProfile.writeBytes(reader.bytes(length - ICC.length() - 2L));
    }
  }

  /**
   * Finds the end of the image, and counts scans on the way: each costs a pass over all blocks, and
   * a few bytes can ask for thousands. The one scan of an ordinary JPEG need not be walked through:
   * libjpeg reads no further than its last row.
   */
  private void findEnd() {
    boolean one =
        !frame.progressive()
            && file[Math.min(scanStart + 2, file.length - 1)] == frame.components();
    scans =
        one
            ? JpegScans.one(file, scanStart)
            : JpegScans.walk(file, scanStart, budget.limits().maxScans());
  }

  private int nextMarker() throws ImageRejectedException {
    int value = reader.u8();
    while (value != 0xFF) {
      value = reader.u8();
    }
    while (value == 0xFF) {
      value = reader.u8();
    }
    return value;
  }

  private static boolean isStandalone(int marker) {
    return (marker >= RST0 && marker <= RST7) || marker == SOI || marker == TEM || marker == 0;
  }

  static ImageRejectedException corrupt(String what) {
    return new ImageRejectedException(
        RejectionCode.CORRUPT, "The JPEG %s; it cannot be decoded.".formatted(what));
  }

  Header header() {
    return Header.of(ImageFormat.JPEG, frame.width(), frame.height())
        .oriented(orientation)
        .profiled(iccProfile.toByteArray());
  }

  boolean isGray() {
    return frame.components() == 1;
  }

  boolean isInk() {
    return frame.components() == 4;
  }

  boolean progressive() {
    return frame.progressive();
  }

  JpegScans scans() {
    return scans;
  }

  long blocks() {
    return frame.blocks();
  }

  /** Whether every scan is kept in memory until the last one has come. */
  boolean buffersCoefficients() {
    return scans.several() || progressive();
  }

  /**
   * Returns the fewest bytes that can code the image: one bit a block when progressive, two when
   * not.
   */
  long leastBytes() {
    return progressive() ? blocks() / 8 : blocks() / 4;
  }

  /** Returns the bytes that follow the header. */
  int dataBytes() {
    return scans.end() - scanStart;
  }
}
