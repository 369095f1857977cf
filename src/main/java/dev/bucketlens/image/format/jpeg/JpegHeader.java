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

  private int scans;
  private int scanStart;

  private JpegHeader(byte[] file, Budget budget) {
    this.file = file;
    this.budget = budget;
    this.reader = ByteReader.bigEndian(file, budget);
  }

  static JpegHeader parse(byte[] file, Budget budget) throws ImageRejectedException {
    JpegHeader header = new JpegHeader(file, budget);
    header.readToFirstScan();
    header.countScans();
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
      int length = reader.u16();
      int end = reader.position() + length - 2;
      if (length < 2) {
        throw corrupt("has a marker segment without a length");
      }
      readSegment(marker, length - 2);
      reader.seek(end);
    }
    if (frame == null || frame.isEmpty()) {
      throw corrupt("does not say its size");
    }
    scanStart = reader.position();
  }

  private void readSegment(int marker, int length) throws ImageRejectedException {
    if (JpegFrame.startsWith(marker)) {
      if (frame != null) {
        throw corrupt("has two frame headers");
      }
      frame = JpegFrame.read(reader, marker);
    } else if (marker == APP1 && !oriented && reader.at(EXIF)) {
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

  /** Counts scans: each costs a pass over all blocks, and a few bytes can ask for thousands. */
  private void countScans() {
    int at = scanStart;
    scans = 1;
    if (!frame.progressive() && file[Math.min(at + 2, file.length - 1)] == frame.components()) {
      return;
    }
    while (at < file.length - 1) {
      if (file[at] == (byte) 0xFF && (file[at + 1] & 0xFF) == SOS) {
        scans++;
      }
      at++;
    }
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

  boolean progressive() {
    return frame.progressive();
  }

  int scans() {
    return scans;
  }

  long blocks() {
    return frame.blocks();
  }

  /** Whether every scan is kept in memory until the last one has come. */
  boolean buffersCoefficients() {
    return scans > 1 || progressive();
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
    return file.length - scanStart;
  }

  /** Whether the end marker is there; trailing data may follow it. */
  boolean ends() {
    for (int at = file.length - 2; at >= scanStart; at--) {
      if (file[at] == (byte) 0xFF && (file[at + 1] & 0xFF) == EOI) {
        return true;
      }
    }
    return false;
  }
}
