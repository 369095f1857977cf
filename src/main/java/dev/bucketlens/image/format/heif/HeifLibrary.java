package dev.bucketlens.image.format.heif;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.CType.VOID;
import static dev.bucketlens.nativelib.Signature.returns;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.nativelib.Field;
import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import dev.bucketlens.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;

/**
 * libheif with libde265: parses the boxes of a file, decodes its primary picture, and makes RGB of
 * it, as pillow-heif asks for it, so that pixels are the same. Neither is part of the package; they
 * are looked for beside the other libraries. Thread-safe; a picture belongs to one thread.
 *
 * <p>Most functions return a {@code heif_error}, 16 bytes that come in two registers, of which the
 * first holds the code.
 */
@SuppressWarnings("restricted") // reads what C pointers point to
public final class HeifLibrary {

  private static final String[] FILE_NAMES = {"libheif-*.so.*", "libheif.*.dylib"};

  /** What libheif decodes with; its names say no place, so it is loaded before. */
  private static final String[] DECODER_NAMES = {"libde265-*.so.*", "libde265.*.dylib"};

  /** The release whose headers lay the structures out as below. */
  private static final String RELEASE = "1.23.";

  /** {@code heif_security_limits}; the rest of it keeps libheif's defaults. */
  private static final long LIMITS_BYTES = 72;

  private static final Field MAX_PIXELS = Field.at(8, LONG);
  private static final Field MAX_BLOCK = Field.at(40, LONG);
  private static final Field MAX_MEMORY = Field.at(64, LONG);

  /** {@code heif_decoding_options}; its truth values are single bytes. */
  private static final long OPTIONS_BYTES = 48;

  private static final long TO_8_BITS = 40;
  private static final long STRICT = 41;

  private static final int COLOURS_RGB = 1;
  private static final int CHROMA_RGBA = 11;
  private static final int CHANNEL_INTERLEAVED = 10;

  private final PictureFunctions pictures;
  private final NativeFunction openContext;
  private final NativeFunction closeContext;
  private final NativeFunction limits;
  private final NativeFunction setThreads;
  private final NativeFunction parse;
  private final NativeFunction primary;
  private final NativeFunction openOptions;
  private final NativeFunction closeOptions;
  private final NativeFunction decode;
  private final NativeFunction closePixels;
  private final NativeFunction pixelsWidth;
  private final NativeFunction pixelsHeight;
  private final NativeFunction plane;

  /** Returns where libheif lies, if it was added. */
  public static Optional<Path> locate() {
    return NativeLibrary.locate(FILE_NAMES);
  }

  /**
   * Loads libheif, and libde265 before it.
   *
   * @param libheif what {@link #locate} returned
   * @throws UnsatisfiedLinkError if one of them is missing, does not load on this platform or is of
   *     another release
   */
  public static HeifLibrary load(Path libheif) {
    LoadedLibrary.load(NativeLibrary.find(DECODER_NAMES));
    return new HeifLibrary(LoadedLibrary.load(libheif));
  }

  private HeifLibrary(LoadedLibrary libheif) {
    libheif.requireRelease(
        "libheif", "heif_get_version", RELEASE, "add it again by src/main/native/heif");
    pictures = new PictureFunctions(libheif);
    openContext = libheif.function("heif_context_alloc", returns(POINTER));
    closeContext = libheif.function("heif_context_free", returns(VOID).takes(POINTER));
    limits = libheif.function("heif_context_get_security_limits", returns(POINTER).takes(POINTER));
    setThreads =
        libheif.function(
            "heif_context_set_max_decoding_threads", returns(VOID).takes(POINTER, INT));
    parse =
        libheif.function(
            "heif_context_read_from_memory_without_copy",
            returns(INT).takes(POINTER, POINTER, LONG, POINTER));
    primary =
        libheif.function(
            "heif_context_get_primary_image_handle", returns(INT).takes(POINTER, POINTER));
    openOptions = libheif.function("heif_decoding_options_alloc", returns(POINTER));
    closeOptions = libheif.function("heif_decoding_options_free", returns(VOID).takes(POINTER));
    decode =
        libheif.function(
            "heif_decode_image", returns(INT).takes(POINTER, POINTER, INT, INT, POINTER));
    closePixels = libheif.function("heif_image_release", returns(VOID).takes(POINTER));
    pixelsWidth = libheif.function("heif_image_get_width", returns(INT).takes(POINTER, INT));
    pixelsHeight = libheif.function("heif_image_get_height", returns(INT).takes(POINTER, INT));
    plane =
        libheif.function(
            "heif_image_get_plane_readonly2", returns(POINTER).takes(POINTER, INT, POINTER));
  }

  /**
   * Parses the boxes of a file; no picture is decoded.
   *
   * @param arena closes the picture
   * @param file lives at least as long
   * @param most what libheif may take, beside its own limits on boxes, items and tiles
   * @return the primary picture
   */
  MemorySegment open(Arena arena, MemorySegment file, ImageLimits most) throws HeifException {
    MemorySegment context = required(openContext.pointer()).reinterpret(arena, closeContext::run);
    MemorySegment allowed = limits.pointer(context).reinterpret(LIMITS_BYTES);
    MAX_PIXELS.set(allowed, most.maxPixels());
    MAX_BLOCK.set(allowed, most.maxMemory());
    MAX_MEMORY.set(allowed, most.maxMemory());
    setThreads.run(context, 0);
    HeifException.check(parse.integer(context, file, file.byteSize(), MemorySegment.NULL));
    MemorySegment picture = arena.allocate(ADDRESS);
    HeifException.check(primary.integer(context, picture));
    return pictures.own(picture.get(ADDRESS, 0), arena);
  }

  /** What is asked of a picture. */
  PictureFunctions pictures() {
    return pictures;
  }

  /**
   * Decodes a picture, turned and mirrored and cut as its boxes say.
   *
   * @param arena closes the pixels
   */
  HeifPixels decode(Arena arena, MemorySegment picture) throws HeifException {
    MemorySegment options =
        required(openOptions.pointer()).reinterpret(OPTIONS_BYTES, arena, closeOptions::run);
    options.set(JAVA_BYTE, TO_8_BITS, (byte) 1);
    options.set(JAVA_BYTE, STRICT, (byte) 1);
    MemorySegment result = arena.allocate(ADDRESS);
    HeifException.check(decode.integer(picture, result, COLOURS_RGB, CHROMA_RGBA, options));
    MemorySegment decoded = result.get(ADDRESS, 0).reinterpret(arena, closePixels::run);
    MemorySegment stride = arena.allocate(JAVA_LONG);
    MemorySegment rgba = required(plane.pointer(decoded, CHANNEL_INTERLEAVED, stride));
    long rowBytes = stride.get(JAVA_LONG, 0);
    int rows = pixelsHeight.integer(decoded, CHANNEL_INTERLEAVED);
    return new HeifPixels(
        rgba.reinterpret(rowBytes * rows),
        rowBytes,
        pixelsWidth.integer(decoded, CHANNEL_INTERLEAVED),
        rows);
  }

  private static MemorySegment required(MemorySegment pointer) {
    if (pointer.address() == 0) {
      throw new OutOfMemoryError("No native memory to decode a HEIC");
    }
    return pointer;
  }
}
