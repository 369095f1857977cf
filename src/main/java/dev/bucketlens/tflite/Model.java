package dev.bucketlens.tflite;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * A model file, mapped into memory and verified. Thread-safe; close it after the interpreters made
 * from it.
 */
public final class Model implements AutoCloseable {

  /** Of its FlatBuffer, behind four bytes that say where the content starts. */
  private static final String IDENTIFIER = "TFL3";

  private static final int IDENTIFIER_END = 8;

  private final TfLite library;
  private final Path file;

  /** Closed last: the error log must outlive the model. Shared. */
  private final Arena servants = Arena.ofShared();

  /** Shared: any thread may close the model. */
  private final Arena arena = Arena.ofShared();

  private final MemorySegment handle;
  private final List<TensorSpec> inputs;
  private final List<TensorSpec> outputs;

  private Model(TfLite library, Path file) throws ModelLoadException {
    this.library = library;
    this.file = file;
    try (Arena probing = Arena.ofConfined()) {
      ErrorLog errors = new ErrorLog(servants);
      handle = library.models().open(file, errors, arena);
      if (Handle.isNull(handle)) {
        throw unusable(errors.drain() + "; was it copied whole?");
      }
      MemorySegment probe = library.interpreters().create(handle, 1, List.of(), errors, probing);
      if (Handle.isNull(probe)) {
        throw unusable(errors.drain());
      }
      InterpreterFunctions functions = library.interpreters();
      inputs = describe(functions.inputCount(probe), index -> functions.input(probe, index));
      outputs = describe(functions.outputCount(probe), index -> functions.output(probe, index));
    } catch (Throwable e) {
      close();
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
    requireIdentifier(file);
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
      servants.close();
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

  /**
   * What is no model at all is told by how it starts, which helps more than the library's words.
   */
  private static void requireIdentifier(Path file) throws ModelLoadException {
    byte[] start;
    try (InputStream stream = Files.newInputStream(file)) {
      start = stream.readNBytes(IDENTIFIER_END);
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read: " + e, e);
    }
    if (!new String(start, ISO_8859_1).endsWith(IDENTIFIER) || start.length < IDENTIFIER_END) {
      String found =
          start.length == 0
              ? "an empty file"
              : "one that starts with " + HexFormat.ofDelimiter(" ").formatHex(start);
      throw new ModelLoadException(
          file,
          "expected a TensorFlow Lite model, which has %s in bytes 5 to 8, found %s; model/convert.py makes one of a Keras model."
              .formatted(IDENTIFIER, found));
    }
  }

  private List<TensorSpec> describe(int count, IntFunction<MemorySegment> tensor) {
    return IntStream.range(0, count).mapToObj(tensor).map(library.tensors()::describe).toList();
  }
}
