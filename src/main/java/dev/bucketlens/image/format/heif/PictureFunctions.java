package dev.bucketlens.image.format.heif;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.CType.VOID;
import static dev.bucketlens.nativelib.Signature.returns;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.bucketlens.image.ImageFormat;
import dev.bucketlens.image.format.Header;
import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The functions on {@code heif_image_handle}: what the boxes say of a picture. Thread-safe. */
final class PictureFunctions {
  private final NativeFunction close;
  private final NativeFunction width;
  private final NativeFunction height;
  private final NativeFunction depth;
  private final NativeFunction premultiplied;
  private final NativeFunction profileSize;
  private final NativeFunction profile;

  PictureFunctions(LoadedLibrary libheif) {
    close = libheif.function("heif_image_handle_release", returns(VOID).takes(POINTER));
    width = libheif.function("heif_image_handle_get_width", returns(INT).takes(POINTER));
    height = libheif.function("heif_image_handle_get_height", returns(INT).takes(POINTER));
    depth =
        libheif.function("heif_image_handle_get_luma_bits_per_pixel", returns(INT).takes(POINTER));
    premultiplied =
        libheif.function("heif_image_handle_is_premultiplied_alpha", returns(INT).takes(POINTER));
    profileSize =
        libheif.function(
            "heif_image_handle_get_raw_color_profile_size", returns(LONG).takes(POINTER));
    profile =
        libheif.function(
            "heif_image_handle_get_raw_color_profile", returns(INT).takes(POINTER, POINTER));
  }

  /** Returns {@code picture}, closed with the arena. */
  @SuppressWarnings("restricted") // gives a C pointer its owner
  MemorySegment own(MemorySegment picture, Arena arena) {
    return picture.reinterpret(arena, close::run);
  }

  /** What the boxes say of a picture, upright; a profile that is too large is left out. */
  Header header(MemorySegment picture) throws HeifException {
    return Header.of(ImageFormat.HEIC, width.integer(picture), height.integer(picture))
        .profiled(profile(picture));
  }

  /** Returns bits of a sample. */
  int depth(MemorySegment picture) {
    return depth.integer(picture);
  }

  /** Whether the colours are multiplied by alpha already. */
  boolean isPremultiplied(MemorySegment picture) {
    return premultiplied.integer(picture) != 0;
  }

  private byte[] profile(MemorySegment picture) throws HeifException {
    long size = profileSize.number(picture);
    if (size <= 0 || size > Header.MAX_PROFILE) {
      return new byte[0];
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(size);
      HeifException.check(profile.integer(picture, bytes));
      return bytes.toArray(JAVA_BYTE);
    }
  }
}
