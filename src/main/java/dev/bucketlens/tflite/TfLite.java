package dev.bucketlens.tflite;

import dev.bucketlens.nativelib.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/**
 * The TensorFlow Lite library, loaded and bound. Thread-safe. The system keeps the library until
 * the process ends, so there is nothing to close; load it once and share it.
 */
public final class TfLite {

  private static final String[] FILE_NAMES = {
    "libjnitensorflowlite.so", "libjnitensorflowlite.dylib", "jnitensorflowlite.dll"
  };

  private final Functions functions;
  private final String version;
  private final ModelFunctions models;
  private final InterpreterFunctions interpreters;
  private final TensorFunctions tensors;
  private final XnnpackFunctions xnnpack;

  private TfLite(Functions functions) {
    this.functions = functions;
    version = version(functions);
    models = new ModelFunctions(functions);
    interpreters = new InterpreterFunctions(functions);
    tensors = new TensorFunctions(functions);
    xnnpack =
        new XnnpackFunctions(functions, XnnpackOptionsLayout.of(version, functions.library()));
    Severity.onlyWarnings(functions);
  }

  /**
   * Loads the library that {@link NativeLibrary} finds.
   *
   * @throws UnsatisfiedLinkError if there is none, if it does not load, or if it is a version whose
   *     structures this build does not know
   */
  public static TfLite load() {
    return load(NativeLibrary.find(FILE_NAMES));
  }

  @SuppressWarnings("restricted")
  static TfLite load(Path library) {
    try {
      return new TfLite(
          new Functions(library, SymbolLookup.libraryLookup(library, Arena.global())));
    } catch (IllegalArgumentException e) {
      UnsatisfiedLinkError error =
          new UnsatisfiedLinkError(
              library + " is not a library that this system can load: " + e.getMessage());
      error.initCause(e);
      throw error;
    }
  }

  /** Returns the library's own version, such as {@code 2.18.0}. */
  public String version() {
    return version;
  }

  Functions functions() {
    return functions;
  }

  ModelFunctions models() {
    return models;
  }

  InterpreterFunctions interpreters() {
    return interpreters;
  }

  TensorFunctions tensors() {
    return tensors;
  }

  XnnpackFunctions xnnpack() {
    return xnnpack;
  }

  @SuppressWarnings("restricted")
  private static String version(Functions functions) {
    MethodHandle version = functions.bind("TfLiteVersion", ValueLayout.ADDRESS);
    try {
      MemorySegment text = (MemorySegment) version.invokeExact();
      return text.reinterpret(Long.MAX_VALUE).getString(0);
    } catch (Throwable e) {
      throw Functions.broken(e);
    }
  }
}
