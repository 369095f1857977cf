package dev.bucketlens.image.colour;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.CType.UINT;
import static dev.bucketlens.nativelib.CType.VOID;
import static dev.bucketlens.nativelib.Signature.returns;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import dev.bucketlens.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** LittleCMS 2: transforms from a profile's colours to sRGB. Thread-safe; it prints nothing. */
final class LcmsLibrary {

  private static final String[] FILE_NAMES = {"liblcms2-*.so.*", "liblcms2.*.dylib"};

  /** Pillow's default, and what a profile's first lookup table is made for. */
  private static final int PERCEPTUAL = 0;

  private static final int NO_FLAGS = 0;

  /** The pixels that come, of a byte for each of their samples. */
  enum Pixels {
    GRAY(3, 1),
    RGB(4, 3),
    /** 255 is full ink. */
    CMYK(6, 4);

    /** {@code TYPE_GRAY_8} and the like. */
    private final int type;

    Pixels(int colourSpace, int samples) {
      this.type = colourSpace << 16 | samples << 3 | 1;
    }
  }

  private final NativeFunction openProfile;
  private final NativeFunction closeProfile;
  private final NativeFunction createTransform;
  private final NativeFunction deleteTransform;
  private final NativeFunction doTransform;

  /** {@code cmsDoTransform}'s own address. */
  private final MemorySegment doTransformAddress;

  /** The profile of sRGB; as long as the process lives. */
  private final MemorySegment srgb;

  private LcmsLibrary(LoadedLibrary lcms) {
    this.openProfile =
        lcms.function("cmsOpenProfileFromMem", returns(POINTER).takes(POINTER, UINT));
    this.closeProfile = lcms.function("cmsCloseProfile", returns(INT).takes(POINTER));
    this.createTransform =
        lcms.function(
            "cmsCreateTransform", returns(POINTER).takes(POINTER, UINT, POINTER, UINT, UINT, UINT));
    this.deleteTransform = lcms.function("cmsDeleteTransform", returns(VOID).takes(POINTER));
    this.doTransform =
        lcms.function("cmsDoTransform", returns(VOID).takes(POINTER, POINTER, POINTER, UINT));
    this.doTransformAddress = lcms.table("cmsDoTransform").get(ADDRESS, 0);
    this.srgb = lcms.function("cmsCreate_sRGBProfile", returns(POINTER)).pointer();
    if (srgb.address() == 0) {
      throw new OutOfMemoryError("No native memory for a colour profile");
    }
  }

  /**
   * Finds LittleCMS and loads it.
   *
   * @throws UnsatisfiedLinkError if it is not found or does not load on this platform
   */
  static LcmsLibrary load() {
    return new LcmsLibrary(LoadedLibrary.load(NativeLibrary.find(FILE_NAMES)));
  }

  /**
   * Returns a transform to sRGB, three bytes a pixel.
   *
   * @param profile of the pixels' colour space; hostile bytes are refused
   * @return the transform, which {@link #delete} frees; empty if LittleCMS can make nothing of the
   *     profile
   */
  Optional<MemorySegment> transform(byte[] profile, Pixels pixels) {
    try (Arena call = Arena.ofConfined()) {
      MemorySegment bytes = call.allocateFrom(JAVA_BYTE, profile);
      MemorySegment source = openProfile.pointer(bytes, profile.length);
      if (source.address() == 0) {
        return Optional.empty();
      }
      MemorySegment transform =
          createTransform.pointer(source, pixels.type, srgb, Pixels.RGB.type, PERCEPTUAL, NO_FLAGS);
      closeProfile.run(source);
      return transform.address() == 0 ? Optional.empty() : Optional.of(transform);
    }
  }

  /**
   * Returns a transform of {@link Pixels#CMYK} for our own C.
   *
   * @param arena deletes the transform
   */
  @SuppressWarnings("restricted") // hands a C pointer to its owner
  Ink ink(Arena arena, MemorySegment transform) {
    MemorySegment ink = arena.allocate(ADDRESS, 2);
    ink.setAtIndex(ADDRESS, 0, doTransformAddress);
    ink.setAtIndex(ADDRESS, 1, transform.reinterpret(arena, this::delete));
    return new Ink(ink);
  }

  void delete(MemorySegment transform) {
    deleteTransform.run(transform);
  }

  /**
   * Transforms pixels.
   *
   * @param from as many pixels as {@code to} has, in the transform's own layout
   * @param to receives sRGB; may be the same memory if the layout is
   */
  void run(MemorySegment transform, MemorySegment from, MemorySegment to, int pixels) {
    doTransform.run(transform, from, to, pixels);
  }
}
