package dev.bucketlens.image.format.bmp;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.input.ByteReader;

/**
 * A BMP's header, of any version from OS/2 1.x to Windows 5.
 *
 * @param masks of red, green, blue and alpha within a pixel, for 16 and 32 bits; alpha may be zero
 * @param palette three bytes a colour: red, green, blue
 * @param topDown whether the first stored row is the top one
 * @param compression 0 none, 1 RLE of 8 bits, 2 RLE of 4 bits
 * @param pixelOffset where the pixels begin
 */
@SuppressWarnings("ArrayRecordComponent") // a parsed header, never compared
record BmpHeader(
    int width,
    int height,
    int bitCount,
    int compression,
    boolean topDown,
    int[] masks,
    byte[] palette,
    long pixelOffset) {

  static final int RLE8 = 1;
  static final int RLE4 = 2;

  private static final int FILE_HEADER = 14;
  private static final int CORE = 12;

  /** OS/2 2.x may leave out all that follows the bits of a pixel. */
  private static final int SHORT = 16;

  private static final int INFO = 40;
  private static final int BITFIELDS = 3;
  private static final int ALPHA_BITFIELDS = 6;
  private static final int[] MASKS_555 = {0x7C00, 0x03E0, 0x001F, 0};
  private static final int[] MASKS_888 = {0xFF0000, 0x00FF00, 0x0000FF, 0};

  static BmpHeader parse(byte[] file, Budget budget) throws ImageRejectedException {
    ByteReader reader = ByteReader.littleEndian(file, budget).seek(10);
    long pixelOffset = reader.u32();
    int size = reader.i32();
    requireKnown(size);
    boolean core = size == CORE;
    int width = core ? reader.u16() : reader.i32();
    int height = core ? reader.u16() : reader.i32();
    reader.skip(2);
    int bitCount = reader.u16();
    boolean sizeOnly = core || size == SHORT;
    int compression = sizeOnly ? 0 : reader.i32();
    long colours = sizeOnly ? 0 : reader.skip(12).u32();
    requireSize(width, height);
    requireSupported(bitCount, compression);
    int[] masks = masks(ByteReader.littleEndian(file, budget), size, bitCount, compression);
    reader.seek(endOfHeaders(size, compression));
    byte[] palette = bitCount <= 8 ? palette(reader, core, bitCount, colours) : new byte[0];
    BmpHeader header =
        new BmpHeader(
            width,
            Math.abs(height),
            bitCount,
            compression,
            height < 0,
            masks,
            palette,
            pixelOffset);
    return header.startingAfter(reader.position(), file.length);
  }

  /**
   * Some writers say an offset that lies within the header or the palette. It is believed only
   * where the file has no room for the pixels behind the palette: then the palette is shorter than
   * it says.
   */
  private BmpHeader startingAfter(int headers, int fileBytes) {
    boolean room = runLengthEncoded() || headers + rowBytes() * height <= fileBytes;
    return pixelOffset >= headers || !room
        ? this
        : new BmpHeader(width, height, bitCount, compression, topDown, masks, palette, headers);
  }

  private static void requireKnown(int size) throws ImageRejectedException {
    if (size != CORE && size != SHORT && (size < INFO || size > 1024)) {
      throw corrupt("has a header of unknown size");
    }
  }

  /** A height below 0 stands for rows from the top. */
  private static void requireSize(int width, int height) throws ImageRejectedException {
    if (width < 1 || height == 0 || height == Integer.MIN_VALUE) {
      throw corrupt("has no size");
    }
  }

  /** The masks stand between an old header and the palette, and inside a new one. */
  private static long endOfHeaders(int size, int compression) {
    return (long) FILE_HEADER + size + (size == INFO ? maskBytes(compression) : 0);
  }

  private static void requireSupported(int bitCount, int compression)
      throws ImageRejectedException {
    boolean supported =
        switch (compression) {
          case 0 -> bitCount <= 32 && (bitCount == 24 || Integer.bitCount(bitCount) == 1);
          case RLE8 -> bitCount == 8;
          case RLE4 -> bitCount == 4;
          case BITFIELDS, ALPHA_BITFIELDS -> bitCount == 16 || bitCount == 32;
          default -> false;
        };
    if (!supported) {
      throw new ImageRejectedException(
          RejectionCode.UNSUPPORTED_FORMAT,
          "The file is a BMP of a rare kind (%d bits, compression %d), which is not supported."
              .formatted(bitCount, compression));
    }
  }

  private static int maskBytes(int compression) {
    return switch (compression) {
      case BITFIELDS -> 12;
      case ALPHA_BITFIELDS -> 16;
      default -> 0;
    };
  }

  private static int[] masks(ByteReader reader, int size, int bitCount, int compression)
      throws ImageRejectedException {
    if (maskBytes(compression) == 0) {
      return bitCount == 16 ? MASKS_555 : MASKS_888;
    }
    reader.seek((long) FILE_HEADER + INFO);
    boolean alpha = compression == ALPHA_BITFIELDS || size >= 56;
    return new int[] {reader.i32(), reader.i32(), reader.i32(), alpha ? reader.i32() : 0};
  }

  private static byte[] palette(ByteReader reader, boolean core, int bitCount, long colours)
      throws ImageRejectedException {
    int most = 1 << bitCount;
    int entry = core ? 3 : 4;
    int wanted = colours == 0 || colours > most ? most : (int) colours;
    int count = Math.min(wanted, reader.remaining() / entry);
    byte[] palette = new byte[3 * most];
    for (int i = 0; i < count; i++) {
      byte[] colour = reader.bytes(entry);
      palette[3 * i] = colour[2];
      palette[3 * i + 1] = colour[1];
      palette[3 * i + 2] = colour[0];
    }
    return palette;
  }

  static ImageRejectedException corrupt(String what) {
    return new ImageRejectedException(
        RejectionCode.CORRUPT, "The BMP %s; it cannot be decoded.".formatted(what));
  }

  boolean runLengthEncoded() {
    return compression == RLE8 || compression == RLE4;
  }

  /** Returns the bytes of an uncompressed row; rows are padded to 32 bits. */
  long rowBytes() {
    return ((long) width * bitCount + 31) / 32 * 4;
  }
}
