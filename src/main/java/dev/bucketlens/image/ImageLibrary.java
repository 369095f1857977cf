package dev.bucketlens.image;

import dev.bucketlens.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code libleptonica}, which carries libjpeg-turbo, libwebp and libtiff. Loaded for the life of
 * the process: unloading a library under a running decode would crash it.
 */
@SuppressWarnings("restricted") // native access is what this class is for
final class ImageLibrary {

  private final Linker linker = Linker.nativeLinker();
  private final Path file;
  private final SymbolLookup symbols;

  private ImageLibrary(Path file) {
    this.file = file;
    this.symbols = SymbolLookup.libraryLookup(file, Arena.global());
  }

  /**
   * Finds and loads the library.
   *
   * @throws UnsatisfiedLinkError if it is not found or does not load on this platform
   */
  static ImageLibrary load() {
    Path file =
        NativeLibrary.find("libleptonica.so.6", "libleptonica.6.dylib", "libleptonica-1.87.0.dll");
    try {
      return new ImageLibrary(file);
    } catch (IllegalArgumentException e) {
      UnsatisfiedLinkError error =
          new UnsatisfiedLinkError(
              "Native library %s does not load on this platform".formatted(file));
      error.initCause(e);
      throw error;
    }
  }

  /** Returns a handle for one of the library's functions. */
  MethodHandle function(String name, FunctionDescriptor signature) {
    MemorySegment address =
        symbols
            .find(name)
            .orElseThrow(
                () -> new UnsatisfiedLinkError("%s has no function %s".formatted(file, name)));
    return linker.downcallHandle(address, signature);
  }

  /** Returns a handle for a function of the C library. */
  MethodHandle standardFunction(String name, FunctionDescriptor signature) {
    return linker.downcallHandle(
        standardSymbol(name)
            .orElseThrow(() -> new UnsatisfiedLinkError("The C library has no " + name)),
        signature);
  }

  Optional<MemorySegment> standardSymbol(String name) {
    return linker.defaultLookup().find(name);
  }

  /** Wraps what a downcall threw: it never throws but for a wrong signature, which is our bug. */
  static AssertionError broken(Throwable cause) {
    return new AssertionError("A native call was made with the wrong signature", cause);
  }
}
