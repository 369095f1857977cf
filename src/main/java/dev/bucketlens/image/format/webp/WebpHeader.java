package dev.bucketlens.image.format.webp;

import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.format.Exif;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.input.ByteReader;
import dev.bucketlens.image.resize.Orientation;

/**
 * A WebP's RIFF chunks. Of an animation, the first frame is found and wrapped as a still image,
 * which is all that libwebp's plain decoder takes.
 */
final class WebpHeader {

  private static final int FIRST_CHUNK = 12;
  private static final int FRAME_HEADER = 16;

  /** Flags of the extended header; what they do not announce is not there for libwebp either. */
  static final int ALPHA_FLAG = 0x10;

  private static final int PROFILE_FLAG = 0x20;
  private static final int EXIF_FLAG = 0x08;

  /** Of a lossless bitstream: without it, what stands where alpha would is no alpha. */
  private static final int LOSSLESS_ALPHA = 1 << 28;

  private final byte[] file;
  private final Budget budget;
  private int flags;
  private int canvasWidth;
  private int canvasHeight;
  private int left;
  private int top;
  private int width;
  private int height;
  private boolean lossy;
  private boolean alpha;
  private byte[] still = {};
  private byte[] iccProfile = {};
  private Orientation orientation = Orientation.UPRIGHT;

  private WebpHeader(byte[] file, Budget budget) {
    this.budget = budget;
    this.file = file;
  }

  static WebpHeader parse(byte[] file, Budget budget) throws ImageRejectedException {
    WebpHeader header = new WebpHeader(file, budget);
    header.readChunks(ByteReader.littleEndian(file, budget).seek(FIRST_CHUNK));
    return header;
  }

  private void readChunks(ByteReader reader) throws ImageRejectedException {
    while (reader.remaining() >= 8) {
      int start = reader.position();
      long length = reader.skip(4).u32();
      reader.seek(start);
      if (length > reader.remaining() - 8 && !reader.at("VP8")) {
        break; // metadata that is cut off
      }
      readChunk(reader, length);
      long next = start + 8 + length + (length & 1);
      reader.seek(Math.min(next, file.length));
    }
    if (still.length == 0) {
      throw new ImageRejectedException(RejectionCode.TRUNCATED);
    }
  }

  private void readChunk(ByteReader reader, long length) throws ImageRejectedException {
    if (reader.at("VP8X")) {
      flags = reader.skip(8).i32();
      canvasWidth = reader.u24() + 1;
      canvasHeight = reader.u24() + 1;
    } else if ((reader.at("VP8 ") || reader.at("VP8L")) && still.length == 0) {
      readBitstreamSize(reader);
      still = file;
    } else if (reader.at("ANMF") && still.length == 0 && length > FRAME_HEADER) {
      readFrame(reader.skip(8), (int) length);
    } else if (reader.at("ALPH") && has(ALPHA_FLAG)) {
      alpha = true;
    } else if (reader.at("ICCP") && has(PROFILE_FLAG) && iccProfile.length == 0) {
      iccProfile = reader.skip(8).bytes(Math.min(length, Header.MAX_PROFILE));
    } else if (reader.at("EXIF") && has(EXIF_FLAG)) {
      orientation = Exif.orientation(reader.skip(8).bytes(length), budget);
    }
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  private void readBitstreamSize(ByteReader reader) throws ImageRejectedException {
    lossy = reader.at("VP8 ");
    reader.skip(8);
    if (lossy) {
      reader.skip(6);
      width = reader.u16() & 0x3FFF;
      height = reader.u16() & 0x3FFF;
    } else {
      reader.skip(1);
      int bits = reader.i32();
      width = (bits & 0x3FFF) + 1;
      height = (bits >> 14 & 0x3FFF) + 1;
      alpha = (bits & LOSSLESS_ALPHA) != 0;
    }
    if (width == 0 || height == 0) {
      throw corrupt("does not say its size");
    }
    if (canvasWidth == 0) {
      canvasWidth = width;
      canvasHeight = height;
    }
    if (width != canvasWidth || height != canvasHeight) {
      throw corrupt("says two different sizes");
    }
  }

  private void readFrame(ByteReader reader, int length) throws ImageRejectedException {
    left = 2 * reader.u24();
    top = 2 * reader.u24();
    width = reader.u24() + 1;
    height = reader.u24() + 1;
    if (left + width > canvasWidth || top + height > canvasHeight) {
      throw corrupt("has a frame outside its canvas");
    }
    byte[] chunks = reader.skip(4).bytes(length - FRAME_HEADER);
    boolean lossless = ByteReader.matches(chunks, 0, chunks.length, "VP8L");
    alpha = has(ALPHA_FLAG) && (!lossless || hasAlpha(chunks));
    still = StillFile.of(chunks, width, height);
  }

  private boolean hasAlpha(byte[] losslessFrame) throws ImageRejectedException {
    ByteReader reader = ByteReader.littleEndian(losslessFrame, budget);
    return (reader.seek(8 + 1).i32() & LOSSLESS_ALPHA) != 0;
  }

  private static ImageRejectedException corrupt(String what) {
    return new ImageRejectedException(
        RejectionCode.CORRUPT, "The WebP %s; it cannot be decoded.".formatted(what));
  }

  Header header() {
    return Header.of(ImageFormat.WEBP, canvasWidth, canvasHeight)
        .oriented(orientation)
        .profiled(iccProfile);
  }

  /** Returns a file that libwebp's plain decoder takes: the image, or the first frame. */
  byte[] still() {
    return still;
  }

  /** Whether it is known to be lossy; not told of a frame of an animation. */
  boolean lossy() {
    return lossy;
  }

  /** Whether pixels may be transparent. */
  boolean hasAlpha() {
    return alpha;
  }

  /** Whether no canvas shows around the first frame. */
  boolean fillsCanvas() {
    return width == canvasWidth && height == canvasHeight;
  }

  /** Returns the first frame's place on the canvas. */
  int left() {
    return left;
  }

  int top() {
    return top;
  }

  int width() {
    return width;
  }

  int height() {
    return height;
  }
}
