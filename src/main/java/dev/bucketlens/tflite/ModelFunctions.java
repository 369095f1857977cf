package dev.bucketlens.tflite;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** The functions on {@code TfLiteModel}. */
final class ModelFunctions {

  private final NativeFunction create;
  private final NativeFunction delete;

  ModelFunctions(LoadedLibrary library) {
    create = library.function("TfLiteModelCreateFromFileWithErrorReporter");
    delete = library.function("TfLiteModelDelete");
  }

  /**
   * Maps a model file into memory and verifies its structure.
   *
   * @return the model, deleted when {@code owner} closes; null if the file is no model, and then
   *     {@code errors} was told why
   */
  MemorySegment open(Path file, ErrorLog errors, Arena owner) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(file.toString());
      MemorySegment model = create.pointer(path, errors.reporter(), errors.stream());
      return Handle.own(model, owner, delete::run);
    }
  }
}
