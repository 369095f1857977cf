package dev.bucketlens.engine;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeLibrary;
import java.nio.file.Path;

/**
 * The LiteRT library, loaded and bound: TensorFlow Lite under its present name, for the same {@code
 * .tflite} files. Thread-safe. The system keeps the library until the process ends, so there is
 * nothing to close.
 */
public final class LiteRt {

  private static final String[] FILE_NAMES = {"libLiteRt.so", "libLiteRt.dylib"};

  private final LoadedLibrary library;
  private final EnvironmentFunctions environments;
  private final ModelFunctions models;
  private final CompiledModelFunctions compiledModels;
  private final BufferFunctions buffers;

  private LiteRt(LoadedLibrary library) {
    this.library = library;
    LoadedLibrary system = LoadedLibrary.ofTheSystem();
    Reports reports = new Reports(system);
    environments = new EnvironmentFunctions(library);
    models = new ModelFunctions(library, reports);
    compiledModels = new CompiledModelFunctions(library, system, reports);
    buffers = new BufferFunctions(library);
  }

  /**
   * Loads the library that {@link NativeLibrary} finds.
   *
   * @throws UnsatisfiedLinkError if there is none, or if this system cannot load it; the message
   *     says what it needs, such as what must be preloaded on arm64
   */
  public static LiteRt load() {
    ProcessorList.require(NativeLibrary.platform());
    try {
      return load(NativeLibrary.find(FILE_NAMES));
    } catch (UnsatisfiedLinkError e) {
      throw SystemRequirements.explain(e, NativeLibrary.platform());
    }
  }

  static LiteRt load(Path file) {
    return new LiteRt(LoadedLibrary.load(file));
  }

  EnvironmentFunctions environments() {
    return environments;
  }

  ModelFunctions models() {
    return models;
  }

  CompiledModelFunctions compiledModels() {
    return compiledModels;
  }

  BufferFunctions buffers() {
    return buffers;
  }

  /** Bound when asked for, which is only to explain a failure: a start need not wait for it. */
  OperatorFunctions operators() {
    return new OperatorFunctions(library);
  }
}
