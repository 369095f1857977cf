package dev.bucketlens.image.format.avif;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.CType.VOID;
import static dev.bucketlens.nativelib.Signature.returns;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.image.resize.Orientation;
import dev.bucketlens.nativelib.Field;
import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import dev.bucketlens.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * libavif with dav1d inside: parses the boxes of a file, decodes its first picture, and makes RGB
 * of it. Asked for the same things as Pillow asks, so that pixels are the same. Thread-safe; a
 * decoder belongs to one thread.
 */
@SuppressWarnings("restricted") // reads what C pointers point to
public final class AvifLibrary {
  private static final String[] FILE_NAMES = {"libavif-*.so.*", "libavif.*.dylib"};

  /** The release whose {@code avif.h} lays the structures out as below. */
  private static final String RELEASE = "1.4.";

  /** {@code avifDecoder}. */
  private static final long DECODER_BYTES = 440;

  private static final Field CODEC = Field.at(0, INT);
  private static final Field THREADS = Field.at(4, INT);
  private static final Field IGNORE_EXIF = Field.at(20, INT);
  private static final Field IGNORE_XMP = Field.at(24, INT);
  private static final Field SIZE_LIMIT = Field.at(28, INT);
  private static final Field SIDE_LIMIT = Field.at(32, INT);
  private static final Field STRICT = Field.at(40, INT);
  private static final Field IMAGE = Field.at(48, POINTER);
  private static final Field ALPHA = Field.at(140, INT);

  /** {@code avifImage}. */
  private static final long IMAGE_BYTES = 224;

  private static final Field WIDTH = Field.at(0, INT);
  private static final Field HEIGHT = Field.at(4, INT);
  private static final Field DEPTH = Field.at(8, INT);
  private static final Field PROFILE = Field.at(88, POINTER);
  private static final Field PROFILE_SIZE = Field.at(96, LONG);
  private static final Field TRANSFORMS = Field.at(116, INT);
  private static final long ROTATION = 160;
  private static final long MIRROR = 161;

  /** {@code avifRGBImage}. */
  private static final long RGB_BYTES = 64;

  private static final Field RGB_DEPTH = Field.at(8, INT);
  private static final Field RGB_FORMAT = Field.at(12, INT);
  private static final Field RGB_THREADS = Field.at(40, INT);
  private static final Field PIXELS = Field.at(48, POINTER);
  private static final Field ROW_BYTES = Field.at(56, INT);

  private static final int DAV1D = 2;

  /**
   * {@code AVIF_STRICT_ALPHA_ISPE_REQUIRED}. The two others refuse what older versions of libheif
   * wrote; Pillow leaves them out too.
   */
  private static final int STRICT_FLAGS = 4;

  private static final int HAS_ROTATION = 4;
  private static final int HAS_MIRROR = 8;
  private static final int RGB = 0;
  private static final int RGBA = 1;
  private static final int OK = 0;

  private final NativeFunction create;
  private final NativeFunction destroy;
  private final NativeFunction setMemory;
  private final NativeFunction parse;
  private final NativeFunction next;
  private final NativeFunction setDefaults;
  private final NativeFunction toRgb;

  /**
   * Finds libavif and loads it.
   *
   * @throws UnsatisfiedLinkError if it is not found, does not load on this platform or is of
   *     another release
   */
  public static AvifLibrary load() {
    return new AvifLibrary(LoadedLibrary.load(NativeLibrary.find(FILE_NAMES)));
  }

  private AvifLibrary(LoadedLibrary libavif) {
    libavif.requireRelease(
        "libavif", "avifVersion", RELEASE, "use the library that comes with this program");
    this.create = libavif.function("avifDecoderCreate", returns(POINTER));
    this.destroy = libavif.function("avifDecoderDestroy", returns(VOID).takes(POINTER));
    this.setMemory =
        libavif.function("avifDecoderSetIOMemory", returns(INT).takes(POINTER, POINTER, LONG));
    this.parse = libavif.function("avifDecoderParse", returns(INT).takes(POINTER));
    this.next = libavif.function("avifDecoderNextImage", returns(INT).takes(POINTER));
    this.setDefaults =
        libavif.function("avifRGBImageSetDefaults", returns(VOID).takes(POINTER, POINTER));
    this.toRgb = libavif.function("avifImageYUVToRGB", returns(INT).takes(POINTER, POINTER));
  }

  /**
   * Opens a decoder on a file, whose boxes it parses; no picture is decoded.
   *
   * @param arena closes the decoder
   * @param file lives at least as long
   * @param maxPixels largest picture, also of what the AV1 stream itself says; 0 for libavif's own
   *     limit
   * @param maxSide largest side; 0 for none
   * @return NULL if the boxes are damaged or beyond the limits
   */
  MemorySegment open(Arena arena, MemorySegment file, long maxPixels, int maxSide) {
    MemorySegment decoder = create.pointer();
    if (decoder.address() == 0) {
      throw new OutOfMemoryError("No native memory to decode an AVIF");
    }
    decoder = decoder.reinterpret(DECODER_BYTES, arena, destroy::run);
    CODEC.set(decoder, DAV1D);
    THREADS.set(decoder, 1);
    IGNORE_EXIF.set(decoder, 1);
    IGNORE_XMP.set(decoder, 1);
    STRICT.set(decoder, STRICT_FLAGS);
    SIDE_LIMIT.set(decoder, maxSide);
    if (maxPixels > 0) {
      SIZE_LIMIT.set(decoder, Math.min(maxPixels, SIZE_LIMIT.integer(decoder)));
    }
    boolean parsed =
        setMemory.integer(decoder, file, file.byteSize()) == OK && parse.integer(decoder) == OK;
    return parsed ? decoder : MemorySegment.NULL;
  }

  /** What the boxes say of the picture; its profile is cut at the largest that is read. */
  AvifHeader header(MemorySegment decoder) {
    MemorySegment image = image(decoder);
    Header header =
        Header.of(ImageFormat.AVIF, WIDTH.integer(image), HEIGHT.integer(image))
            .oriented(orientation(image))
            .profiled(profile(image));
    return new AvifHeader(header, DEPTH.integer(image), ALPHA.truth(decoder));
  }

  private static MemorySegment image(MemorySegment decoder) {
    return IMAGE.pointer(decoder).reinterpret(IMAGE_BYTES);
  }

  private static byte[] profile(MemorySegment image) {
    long size = Math.min(PROFILE_SIZE.number(image), Header.MAX_PROFILE);
    return PROFILE.pointer(image).reinterpret(size).toArray(JAVA_BYTE);
  }

  private static Orientation orientation(MemorySegment image) {
    int transforms = TRANSFORMS.integer(image);
    int turns = (transforms & HAS_ROTATION) != 0 ? image.get(JAVA_BYTE, ROTATION) & 3 : 0;
    boolean mirrored = (transforms & HAS_MIRROR) != 0;
    return AvifHeader.orientation(turns, mirrored, mirrored ? image.get(JAVA_BYTE, MIRROR) : 0);
  }

  /**
   * Decodes the first picture.
   *
   * @param pixels receives rows of {@code channels} bytes a pixel, without gaps
   * @param channels 4 with alpha, 3 without
   * @return false if it is damaged or ends early
   */
  boolean decode(MemorySegment decoder, MemorySegment pixels, Header size, int channels) {
    if (next.integer(decoder) != OK) {
      return false;
    }
    MemorySegment image = image(decoder);
    if (WIDTH.integer(image) != size.width() || HEIGHT.integer(image) != size.height()) {
      return false;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment rgb = arena.allocate(RGB_BYTES, Long.BYTES);
      setDefaults.run(rgb, image);
      RGB_DEPTH.set(rgb, 8);
      RGB_FORMAT.set(rgb, channels == 4 ? RGBA : RGB);
      RGB_THREADS.set(rgb, 1);
      PIXELS.set(rgb, pixels);
      ROW_BYTES.set(rgb, (long) channels * size.width());
      return toRgb.integer(image, rgb) == OK;
    }
  }
}
