package dev.bucketlens.tflite;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The functions on {@code TfLiteModel}. */
final class ModelFunctions {

  private final MethodHandle create;
  private final Consumer<MemorySegment> delete;

  ModelFunctions(Functions functions) {
    create =
        functions.bind(
            "TfLiteModelCreateFromFileWithErrorReporter",
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS,
            ValueLayout.ADDRESS);
    delete = functions.bindRelease("TfLiteModelDelete");
  }

  /**
   * Maps a model file into memory and verifies its structure.
   *
   * @return the model, deleted when {@code owner} closes; null if the file is no model, and then
   *     the reporter was told why
   */
  MemorySegment open(Path file, MemorySegment errorReporter, Arena owner) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment path = arena.allocateFrom(file.toString());
      MemorySegment model =
          (MemorySegment) create.invokeExact(path, errorReporter, MemorySegment.NULL);
      return Handle.own(model, owner, delete);
    } catch (Throwable e) {
      throw Functions.broken(e);
    }
  }
}
