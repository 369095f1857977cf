package dev.bucketlens.image.resize;

import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeLibrary;
import java.lang.foreign.Arena;

/** Resizes whole images by our native library. */
final class TestResizer {

  private static final ResizeLibrary LIBRARY = library();

  private TestResizer() {}

  static ResizeLibrary library() {
    return new ResizeLibrary(
        LoadedLibrary.load(NativeLibrary.find("libbucketlens.so", "libbucketlens.dylib")));
  }

  /**
   * Resizes, a row at a time.
   *
   * @param plain whether by plain C, whatever the processor has
   */
  static byte[] resize(RandomResizes.Resize resize, boolean plain) throws ImageRejectedException {
    StoredFraming framing = resize.framing();
    byte[] row = new byte[framing.sourceWidth() * resize.channels()];
    try (Arena arena = Arena.ofConfined()) {
      Resizer resizer =
          plain
              ? Resizer.openPlain(arena, LIBRARY, framing, Channels.of(resize.channels()))
              : Resizer.open(arena, LIBRARY, framing, Channels.of(resize.channels()));
      for (int y = 0; y < framing.sourceHeight(); y++) {
        System.arraycopy(resize.pixels(), y * row.length, row, 0, row.length);
        resizer.row(y, row);
      }
      return resizer.image().pixels();
    }
  }
}
