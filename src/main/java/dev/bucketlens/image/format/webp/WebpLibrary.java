package dev.bucketlens.image.format.webp;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.Signature.returns;

import dev.bucketlens.nativelib.Field;
import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import dev.bucketlens.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * libwebp's decoder, which writes into memory of ours and checks its bounds, and which shrinks a
 * photo while it decodes.
 */
public final class WebpLibrary {

  private static final String[] FILE_NAMES = {"libwebp-*.so.*", "libwebp.*.dylib"};

  /**
   * The version of libwebp's interface whose {@code WebPDecoderConfig} is laid out as below. The
   * library refuses another one with another major part (the upper byte), which all releases from
   * 0.2 to 1.6 share.
   */
  private static final int ABI_VERSION = 0x0209;

  private static final long CONFIG_BYTES = 240;
  private static final Field COLOUR_SPACE = Field.at(40, INT);
  private static final Field EXTERNAL_MEMORY = Field.at(52, INT);
  private static final Field PIXELS = Field.at(56, POINTER);
  private static final Field STRIDE = Field.at(64, INT);
  private static final Field PIXELS_SIZE = Field.at(72, LONG);
  private static final Field USE_SCALING = Field.at(188, INT);
  private static final Field SCALED_WIDTH = Field.at(192, INT);
  private static final Field SCALED_HEIGHT = Field.at(196, INT);

  private static final int RGB = 0;
  private static final int RGBA = 1;
  private static final int STATUS_OK = 0;

  private final NativeFunction initialise;
  private final NativeFunction decode;

  /**
   * Finds libwebp and loads it.
   *
   * @throws UnsatisfiedLinkError if it is not found or does not load on this platform
   */
  public static WebpLibrary load() {
    return new WebpLibrary(LoadedLibrary.load(NativeLibrary.find(FILE_NAMES)));
  }

  private WebpLibrary(LoadedLibrary libwebp) {
    this.initialise =
        libwebp.function("WebPInitDecoderConfigInternal", returns(INT).takes(POINTER, INT));
    this.decode = libwebp.function("WebPDecode", returns(INT).takes(POINTER, LONG, POINTER));
  }

  /**
   * Decodes a still image to RGB or RGBA.
   *
   * @param pixels receives {@code height} rows of {@code channels * width} bytes
   * @param channels 4 with alpha, 3 without
   * @param scaled whether {@code width} and {@code height} are less than the image's own
   * @return false if the file is damaged or ends early
   */
  boolean decode(
      MemorySegment file,
      MemorySegment pixels,
      int width,
      int height,
      int channels,
      boolean scaled) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment config = config(arena);
      COLOUR_SPACE.set(config, channels == 4 ? RGBA : RGB);
      EXTERNAL_MEMORY.set(config, 1);
      PIXELS.set(config, pixels);
      STRIDE.set(config, (long) channels * width);
      PIXELS_SIZE.set(config, pixels.byteSize());
      USE_SCALING.set(config, scaled);
      SCALED_WIDTH.set(config, width);
      SCALED_HEIGHT.set(config, height);
      return decode.integer(file, file.byteSize(), config) == STATUS_OK;
    }
  }

  private MemorySegment config(Arena arena) {
    MemorySegment config = arena.allocate(CONFIG_BYTES, Long.BYTES);
    if (initialise.integer(config, ABI_VERSION) == 0) {
      throw new UnsatisfiedLinkError(
          "libwebp's decoder has another interface than version %#x: use a library that has it"
              .formatted(ABI_VERSION));
    }
    return config;
  }
}
