package dev.bucketlens.engine;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model file, mapped into memory and read by LiteRT. Of its signatures the first counts.
 * Thread-safe; close it after the interpreters made from it.
 */
public final class Model implements AutoCloseable {

  /** The index of the signature that counts. */
  static final int SIGNATURE = 0;

  private final LiteRt library;
  private final Path file;

  /** Closed last: the file's bytes and the environment must outlive the model. Shared. */
  private final Arena servants = Arena.ofShared();

  /** Shared: any thread may close the model. */
  private final Arena arena = Arena.ofShared();

  private final ModelHash hash;
  private final MemorySegment environment;
  private final MemorySegment handle;
  private final List<String> signatures;
  private final List<TensorSpec> inputs;
  private final List<TensorSpec> outputs;

  private Model(LiteRt library, Path file) throws ModelLoadException {
    this.library = library;
    this.file = file;
    try {
      MemorySegment bytes = map();
      hash = verified(bytes.asByteBuffer());
      environment = library.environments().create(servants);
      handle = read(bytes);
      signatures = List.copyOf(library.models().signatures(handle));
      inputs = List.copyOf(library.models().inputs(handle, SIGNATURE));
      outputs = List.copyOf(library.models().outputs(handle, SIGNATURE));
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /**
   * Opens a model file.
   *
   * @throws ModelLoadException if there is no such file, or if it is not a TensorFlow Lite model or
   *     is damaged
   */
  public static Model open(LiteRt library, Path file) throws ModelLoadException {
    if (Files.isDirectory(file)) {
      throw new ModelLoadException(
          file,
          "expected a TensorFlow Lite model, found a folder; of a SavedModel, `convert` of"
              + " model/README.md makes a .tflite.");
    }
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      throw new ModelLoadException(
          file, "expected a TensorFlow Lite model, found no file that can be read.");
    }
    return new Model(library, file);
  }

  /** The {@code .tflite} file that it was opened from. */
  public Path file() {
    return file;
  }

  /** Returns the first 12 hexadecimal digits of the SHA-256 of the model file. */
  public String hash() {
    return hash.shortened();
  }

  /**
   * Returns the names of the file's signatures, the one that counts first; older files have none.
   */
  public List<String> signatures() {
    return signatures;
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

  LiteRt library() {
    return library;
  }

  /** Valid until the model closes; every use of it afterwards is refused. */
  MemorySegment environment() {
    return environment;
  }

  /** As {@link #environment}. */
  MemorySegment handle() {
    return handle;
  }

  /**
   * Requires one input, which allows {@code shape}.
   *
   * @throws ModelLoadException if there are none or several
   * @throws IllegalArgumentException if the input's dimensions are others
   */
  void requireInput(List<Integer> shape) throws ModelLoadException {
    if (inputs.size() != 1) {
      throw new ModelLoadException(file, "expected one input, found %s.".formatted(inputs));
    }
    if (!inputs.getFirst().allows(shape)) {
      throw new IllegalArgumentException(
          "The model's input is %s; found the shape %s.".formatted(inputs.getFirst(), shape));
    }
  }

  /** Returns the failure to report when LiteRT cannot use this model. */
  ModelLoadException unusable(String reason) {
    return new ModelLoadException(file, "LiteRT cannot use it: " + reason);
  }

  /** Returns which operators LiteRT lacks, if that is why it refused this model. */
  Optional<String> missingOperators(String reason) {
    return MissingOperators.explain(library.operators().custom(handle), reason);
  }

  private ModelHash verified(ByteBuffer bytes) throws ModelLoadException {
    ModelFormat.require(bytes, file);
    ModelHash found = ModelHash.of(file, bytes);
    if (!found.packaged()) {
      ModelVerifier.verify(bytes, file);
    }
    return found;
  }

  private MemorySegment map() throws ModelLoadException {
    try {
      return MappedFile.map(file, servants);
    } catch (IOException e) {
      throw new ModelLoadException(file, "cannot be read: " + e, e);
    }
  }

  private MemorySegment read(MemorySegment bytes) throws ModelLoadException {
    try {
      return library.models().create(environment, bytes, arena);
    } catch (LiteRtException e) {
      throw unusable(e.getMessage());
    }
  }
}
