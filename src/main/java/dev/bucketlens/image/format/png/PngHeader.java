package dev.bucketlens.image.format.png;

import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.format.Exif;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.input.ByteReader;
import dev.bucketlens.image.resize.Orientation;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.InflaterInputStream;

/** A PNG's chunks, up to and beside the image data. */
final class PngHeader {

  static final int GRAY = 0;
  static final int RGB = 2;
  static final int PALETTE = 3;
  static final int GRAY_ALPHA = 4;
  static final int RGB_ALPHA = 6;

  private static final int SIGNATURE_LENGTH = 8;

  private final byte[] file;
  private final Budget budget;
  private int width;
  private int height;
  private int bitDepth;
  private int colorType;
  private boolean interlaced;
  private int firstData = -1;
  private byte[] palette = {};
  private byte[] transparency = {};
  private byte[] iccProfile = {};

  /** Whether a profile was there, broken or not: the first one counts. */
  private boolean profiled;

  private Orientation orientation = Orientation.UPRIGHT;

  private PngHeader(byte[] file, Budget budget) {
    this.file = file;
    this.budget = budget;
  }

  static PngHeader parse(byte[] file, Budget budget) throws ImageRejectedException {
    PngHeader header = new PngHeader(file, budget);
    ByteReader reader = ByteReader.bigEndian(file, budget).seek(SIGNATURE_LENGTH);
    header.readImageHeader(reader);
    header.readChunks(reader);
    return header;
  }

  private void readImageHeader(ByteReader reader) throws ImageRejectedException {
    long length = reader.u32();
    if (!reader.at("IHDR") || length != 13) {
      throw corrupt("does not begin with its header");
    }
    PngChunks.requireChecksum(file, reader.position(), length, budget);
    reader.skip(4);
    width = reader.i32();
    height = reader.i32();
    bitDepth = reader.u8();
    colorType = reader.u8();
    int methods = reader.u16();
    int interlace = reader.u8();
    reader.skip(4);
    if (width < 1 || height < 1 || methods != 0 || interlace > 1 || !isDepthAllowed()) {
      throw corrupt("has a header that no PNG has");
    }
    interlaced = interlace == 1;
  }

  private boolean isDepthAllowed() {
    return switch (colorType) {
      case GRAY -> Integer.bitCount(bitDepth) == 1 && bitDepth <= 16;
      case PALETTE -> Integer.bitCount(bitDepth) == 1 && bitDepth <= 8;
      case RGB, GRAY_ALPHA, RGB_ALPHA -> bitDepth == 8 || bitDepth == 16;
      default -> false;
    };
  }

  private void readChunks(ByteReader reader) throws ImageRejectedException {
    while (reader.remaining() >= 12) {
      int start = reader.position();
      long length = reader.u32();
      if (reader.at("IEND")) {
        break;
      }
      if (reader.at("IDAT") && firstData < 0) {
        firstData = start;
      }
      if (length > reader.remaining() - 8) {
        break; // what is missing shows when the pixels are read
      }
      readChunk(reader, length);
    }
    if (firstData < 0) {
      throw new ImageRejectedException(RejectionCode.TRUNCATED);
    }
    if (colorType == PALETTE && palette.length == 0) {
      throw corrupt("has no palette");
    }
  }

  private void readChunk(ByteReader reader, long length) throws ImageRejectedException {
    int type = reader.position();
    boolean critical = reader.at("PLTE");
    if (critical || reader.at("tRNS")) {
      PngChunks.requireChecksum(file, type, length, budget);
      byte[] content = reader.skip(4).bytes(length);
      if (critical) {
        palette = content;
      } else {
        transparency = content;
      }
    } else if (reader.at("iCCP") && !profiled) {
      profiled = true;
      iccProfile = inflateProfile(reader.skip(4).bytes(length));
    } else if (reader.at("eXIf")) {
      orientation = Exif.orientation(reader.skip(4).bytes(length), budget);
    }
    reader.seek(type + 8 + length);
  }

  /** Returns the profile, or nothing if it is broken: a profile is no reason to reject. */
  private byte[] inflateProfile(byte[] chunk) throws ImageRejectedException {
    int nameEnd = 0;
    while (nameEnd < chunk.length && chunk[nameEnd] != 0) {
      nameEnd++;
    }
    int start = Math.min(nameEnd + 2, chunk.length);
    budget.inflate(Header.MAX_PROFILE);
    try (InputStream content =
        new InflaterInputStream(new ByteArrayInputStream(chunk, start, chunk.length - start))) {
      return content.readNBytes(Header.MAX_PROFILE);
    } catch (IOException e) {
      return new byte[0];
    }
  }

  static ImageRejectedException corrupt(String what) {
    return new ImageRejectedException(
        RejectionCode.CORRUPT, "The PNG %s; it cannot be decoded.".formatted(what));
  }

  Header header() {
    return Header.of(ImageFormat.PNG, width, height).oriented(orientation).profiled(iccProfile);
  }

  int bitDepth() {
    return bitDepth;
  }

  int colorType() {
    return colorType;
  }

  boolean interlaced() {
    return interlaced;
  }

  /** Three bytes a colour. */
  byte[] palette() {
    return palette;
  }

  /** Alpha by palette index, or one 16-bit number a channel: the colour that is transparent. */
  byte[] transparency() {
    return transparency;
  }

  /** Returns where the first IDAT chunk begins, at its length. */
  int firstData() {
    return firstData;
  }

  int bitsPerPixel() {
    int channels =
        switch (colorType) {
          case RGB -> 3;
          case GRAY_ALPHA -> 2;
          case RGB_ALPHA -> 4;
          default -> 1;
        };
    return channels * bitDepth;
  }

  /** Returns the bytes of a line of {@code pixels} pixels, without its filter byte. */
  int lineBytes(int pixels) {
    return (int) (((long) pixels * bitsPerPixel() + 7) / 8);
  }
}
