package dev.bucketlens.image.format.tiff;

import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.input.Budget;
import dev.bucketlens.image.input.ByteReader;
import dev.bucketlens.image.resize.Orientation;

/**
 * The first directory of a TIFF: what must be known before libtiff sees the file.
 *
 * @param orientationTag as stored; libtiff must be told the same, so that it turns nothing itself
 * @param compression as stored; the library knows which ones it has
 */
record TiffHeader(Header header, int orientationTag, int compression) {

  /** Where Canon's raws have a mark. */
  private static final int CANON_MARK = 8;

  private static final int SUBFILE = 254;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int ORIENTATION = 274;
  private static final int SUB_IFDS = 330;
  private static final int ICC_PROFILE = 34675;
  private static final int DNG_VERSION = 50706;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int CMYK = 5;
  private static final int YCBCR = 6;
  private static final int COLOUR_FILTER_ARRAY = 32803;

  /**
   * What the directory's fields say, as far as it matters here; absent ones have TIFF's defaults.
   */
  private static final class Fields {
    private long width;
    private long height;
    private int bits = 1;
    private int compression = 1;
    private int photometric;
    private int orientation = 1;
    private boolean reducedCopy;
    private boolean otherImages;
    private boolean raw;
    private byte[] profile = {};

    void read(ByteReader reader, int tag, int type, long count) throws ImageRejectedException {
      switch (tag) {
        case SUBFILE -> reducedCopy = (number(reader, type) & 1) != 0;
        case WIDTH -> width = number(reader, type);
        case HEIGHT -> height = number(reader, type);
        case BITS -> bits = first(reader, type, count);
        case COMPRESSION -> compression = (int) number(reader, type);
        case PHOTOMETRIC -> photometric = (int) number(reader, type);
        case ORIENTATION -> orientation = (int) number(reader, type);
        case SUB_IFDS -> otherImages = true;
        case DNG_VERSION -> raw = true;
        case ICC_PROFILE -> profile = profile.length == 0 ? profile(reader, count) : profile;
        default -> {}
      }
    }

    /**
     * Whether a camera wrote it as a raw: such a file begins with a small copy of the photo, and
     * keeps what the sensor saw elsewhere, or here as a colour filter array.
     */
    boolean isRaw() {
      return raw || (reducedCopy && otherImages) || photometric == COLOUR_FILTER_ARRAY;
    }
  }

  static TiffHeader parse(byte[] file, Budget budget) throws ImageRejectedException {
    ByteReader reader =
        file[0] == 'I' ? ByteReader.littleEndian(file, budget) : ByteReader.bigEndian(file, budget);
    boolean canon = reader.seek(CANON_MARK).at("CR\2");
    reader.seek(reader.seek(4).u32());
    int entries = reader.u16();
    Fields fields = new Fields();
    for (int i = 0; i < entries; i++) {
      int tag = reader.u16();
      int type = reader.u16();
      long count = reader.u32();
      int next = reader.position() + 4;
      fields.read(reader, tag, type, count);
      reader.seek(next);
    }
    if (canon || fields.isRaw()) {
      throw cameraRaw();
    }
    requireSize(fields.width, fields.height);
    requireReadable(fields.photometric, fields.bits);
    Header header =
        Header.of(ImageFormat.TIFF, (int) fields.width, (int) fields.height)
            .oriented(Orientation.ofExif(fields.orientation))
            .profiled(fields.profile);
    return new TiffHeader(header, fields.orientation, fields.compression);
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

  private static void requireSize(long width, long height) throws ImageRejectedException {
    if (width < 1 || height < 1 || width > Integer.MAX_VALUE || height > Integer.MAX_VALUE) {
      throw new ImageRejectedException(
          RejectionCode.CORRUPT, "The TIFF does not say its size; it cannot be decoded.");
    }
  }

  /**
   * Refuses samples that libtiff's RGBA reader has no code for. Its own check lets them pass, and
   * it fails only when it is to read them, which would look like damage.
   */
  private static void requireReadable(int photometric, int bits) throws ImageRejectedException {
    boolean readable =
        switch (photometric) {
          case RGB -> bits == 8 || bits == 16;
          case PALETTE -> bits <= 8;
          case CMYK, YCBCR -> bits == 8;
          default -> true;
        };
    if (!readable) {
      throw rareKind();
    }
  }

  static ImageRejectedException rareKind() {
    return new ImageRejectedException(
        RejectionCode.UNSUPPORTED_FORMAT,
        "The file is a TIFF of a rare kind, which is not supported; send gray of 1, 2, 4, 8 or 16"
            + " bits, a palette, RGB of 8 or 16 bits a sample, or CMYK of 8.");
  }

  /** Returns the first of several short numbers; more than two of them stand elsewhere. */
  private static int first(ByteReader reader, int type, long count) throws ImageRejectedException {
    if (count > 2) {
      reader.seek(reader.u32());
    }
    return (int) number(reader, type);
  }

  private static long number(ByteReader reader, int type) throws ImageRejectedException {
    return switch (type) {
      case SHORT -> reader.u16();
      case LONG -> reader.u32();
      default -> 0;
    };
  }

  private static byte[] profile(ByteReader reader, long count) throws ImageRejectedException {
    long offset = reader.u32();
    boolean inside = offset <= reader.position() + (long) reader.remaining() - count;
    return inside ? reader.seek(offset).bytes(Math.min(count, Header.MAX_PROFILE)) : new byte[0];
  }
}
