package dev.bucketlens.tflite;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A model file, mapped into memory and verified. Thread-safe; close it after the interpreters made
 * from it.
 */
public final class Model implements AutoCloseable {

  private final TfLite library;
  private final Path file;

  /** Shared: any thread may close the model. */
  private final Arena arena = Arena.ofShared();

  private final MemorySegment handle;
  private final List<TensorSpec> inputs;
  private final List<TensorSpec> outputs;

  private Model(TfLite library, Path file) throws ModelLoadException {
    this.library = library;
    this.file = file;
    try (Arena probing = Arena.ofConfined()) {
      ErrorLog errors = new ErrorLog();
      MemorySegment reporter = errors.callback(arena);
      handle = library.models().open(file, reporter, arena);
      requireModel(handle, errors);
      MemorySegment probe = library.interpreters().create(handle, 1, List.of(), reporter, probing);
      requireModel(probe, errors);
      InterpreterFunctions functions = library.interpreters();
      inputs = describe(functions.inputCount(probe), index -> functions.input(probe, index));
      outputs = describe(functions.outputCount(probe), index -> functions.output(probe, index));
    } catch (Throwable e) {
      arena.close();
      throw e;
    }
  }

  /**
   * Opens a model file.
   *
   * @throws ModelLoadException if there is no such file, if it is not a TensorFlow Lite model or
   *     not a whole one, or if it needs operators that this library does not have
   */
  public static Model open(TfLite library, Path file) throws ModelLoadException {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      throw new ModelLoadException(
          file, "expected a TensorFlow Lite model, found no file that can be read.");
    }
    return new Model(library, file);
  }

  public Path file() {
    return file;
  }

  /** Returns the inputs, with -1 for each dimension left open. */
  public List<TensorSpec> inputs() {
    return inputs;
  }

  /** Returns the outputs as the file describes them. */
  public List<TensorSpec> outputs() {
    return outputs;
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  TfLite library() {
    return library;
  }

  /** Valid until the model closes; every use of it afterwards is refused. */
  MemorySegment handle() {
    return handle;
  }

  /** Returns the failure to report when the library cannot use this model. */
  ModelLoadException unusable(String reason) {
    return new ModelLoadException(
        file, "TensorFlow Lite %s cannot use it: %s".formatted(library.version(), reason));
  }

  private void requireModel(MemorySegment created, ErrorLog errors) throws ModelLoadException {
    if (Handle.isNull(created)) {
      throw unusable(errors.drain());
    }
  }

  private List<TensorSpec> describe(int count, IntFunction<MemorySegment> tensor) {
    return IntStream.range(0, count).mapToObj(tensor).map(library.tensors()::describe).toList();
  }
}
