package dev.bucketlens.image.format.tiff;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.input.ByteReader;

/**
 * What the fields of a TIFF's directory say, as far as it matters here; absent ones have TIFF's
 * defaults.
 */
final class TiffDirectory {

  private static final int SUBFILE = 254;
  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;
  private static final int ORIENTATION = 274;
  private static final int SAMPLES = 277;
  private static final int ROWS_PER_STRIP = 278;
  private static final int TILE_WIDTH = 322;
  private static final int TILE_HEIGHT = 323;
  private static final int SUB_IFDS = 330;
  private static final int EXTRA_SAMPLES = 338;
  private static final int SAMPLE_FORMAT = 339;
  private static final int ICC_PROFILE = 34675;
  private static final int FILTER_SIZE = 33421;
  private static final int DNG_VERSION = 50706;

  private static final int BYTE = 1;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private static final int COLOUR_FILTER_ARRAY = 32803;
  private static final int LINEAR_RAW = 34892;
  private static final int FIRST_FAX = 2;
  private static final int LAST_FAX = 4;

  /** Of a list; no pixel that is read has more samples. */
  private static final int MOST_NUMBERS = 64;

  /** Of a side, so that no product overflows; the memory of so many is refused. */
  private static final long MOST_PIXELS = 1 << 20;

  private static final int[] NONE = {};

  private final ByteReader reader;
  private long width;
  private long height;
  private long rowsPerStrip = Integer.MAX_VALUE;
  private long tileWidth;
  private long tileHeight;
  private int[] bits = {1};
  private int[] formats = {TiffSamples.UNSIGNED};
  private int[] extraSamples = NONE;
  private int samples = 1;
  private int compression = 1;
  private int photometric = -1;
  private int orientation = 1;
  private boolean reducedCopy;
  private boolean otherImages;
  private boolean raw;
  private byte[] profile = {};

  private TiffDirectory(ByteReader reader) {
    this.reader = reader;
  }

  /** Reads the directory that the reader stands at. */
  static TiffDirectory read(ByteReader reader) throws ImageRejectedException {
    TiffDirectory directory = new TiffDirectory(reader);
    int entries = reader.u16();
    for (int i = 0; i < entries; i++) {
      int tag = reader.u16();
      int type = reader.u16();
      long count = reader.u32();
      int next = reader.position() + 4;
      directory.readField(tag, type, count);
      reader.seek(next);
    }
    return directory;
  }

  private void readField(int tag, int type, long count) throws ImageRejectedException {
    switch (tag) {
      case SUBFILE -> reducedCopy = (number(type) & 1) != 0;
      case WIDTH -> width = number(type);
      case HEIGHT -> height = number(type);
      case BITS -> bits = numbers(type, count);
      case COMPRESSION -> compression = (int) number(type);
      case PHOTOMETRIC -> photometric = (int) number(type);
      case ORIENTATION -> orientation = (int) number(type);
      case SAMPLES -> samples = (int) number(type);
      case ROWS_PER_STRIP -> rowsPerStrip = number(type);
      case TILE_WIDTH -> tileWidth = number(type);
      case TILE_HEIGHT -> tileHeight = number(type);
      case SUB_IFDS -> otherImages = true;
      case EXTRA_SAMPLES -> extraSamples = numbers(type, count);
      case SAMPLE_FORMAT -> formats = numbers(type, count);
      case DNG_VERSION, FILTER_SIZE -> raw = true;
      case ICC_PROFILE -> profile = profile.length == 0 ? profile(count) : profile;
      default -> {}
    }
  }

  /**
   * Whether a camera wrote it as a raw: such a file begins with a small copy of the photo, and
   * keeps what the sensor saw elsewhere, or here as a colour filter array.
   */
  boolean isRaw() {
    return raw
        || (reducedCopy && otherImages)
        || photometric == COLOUR_FILTER_ARRAY
        || photometric == LINEAR_RAW;
  }

  long width() {
    return width;
  }

  long height() {
    return height;
  }

  int orientation() {
    return orientation;
  }

  byte[] profile() {
    return profile;
  }

  TiffSamples samples() {
    int meaning = photometric < 0 ? guess() : photometric;
    TiffAlpha alpha = TiffAlpha.of(extraSamples, meaning == TiffSamples.RGB, samples);
    return new TiffSamples(meaning, common(bits), samples, alpha, common(formats), compression);
  }

  /** As libtiff guesses: three samples are colours, and a fax is black on white. */
  private int guess() {
    if (samples >= 3) {
      return TiffSamples.RGB;
    }
    boolean fax = compression >= FIRST_FAX && compression <= LAST_FAX;
    return fax ? TiffSamples.WHITE_IS_ZERO : TiffSamples.BLACK_IS_ZERO;
  }

  /** Returns the pixels that are decoded together: a row of tiles, or a strip. */
  long bandPixels() {
    if (tileWidth < 1 || tileHeight < 1) {
      return width * Math.min(height, rowsPerStrip);
    }
    long across = (width + tileWidth - 1) / tileWidth;
    return Math.min(across * tileWidth, MOST_PIXELS) * Math.min(tileHeight, MOST_PIXELS);
  }

  /** Returns the number that a list repeats; 0, which no list of ours has, if it does not. */
  private static int common(int[] numbers) {
    for (int number : numbers) {
      if (number != numbers[0]) {
        return 0;
      }
    }
    return numbers.length == 0 ? 0 : numbers[0];
  }

  /** Reads a list, or its beginning. What is longer than four bytes stands elsewhere. */
  private int[] numbers(int type, long count) throws ImageRejectedException {
    int bytes = type == BYTE ? 1 : type == SHORT ? 2 : 4;
    if (count * bytes > 4) {
      reader.seek(reader.u32());
    }
    int[] numbers = new int[(int) Math.min(count, MOST_NUMBERS)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (int) number(type);
    }
    return numbers;
  }

  private long number(int type) throws ImageRejectedException {
    return switch (type) {
      case BYTE -> reader.u8();
      case SHORT -> reader.u16();
      case LONG -> reader.u32();
      default -> 0;
    };
  }

  private byte[] profile(long count) throws ImageRejectedException {
    long offset = reader.u32();
    boolean inside = offset <= reader.position() + (long) reader.remaining() - count;
    return inside ? reader.seek(offset).bytes(Math.min(count, Header.MAX_PROFILE)) : new byte[0];
  }
}
