package dev.bucketlens.tflite;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeLibrary;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * The TensorFlow Lite library, loaded and bound. Thread-safe. The system keeps the library until
 * the process ends, so there is nothing to close; load it once and share it.
 */
public final class TfLite {

  private static final String[] FILE_NAMES = {
    "libjnitensorflowlite.so", "libjnitensorflowlite.dylib"
  };

  /** An older release, which asks less of the system's C++ library. */
  private static final String BASELINE = "baseline/libjnitensorflowlite.so";

  private final LoadedLibrary library;
  private final String version;
  private final ModelFunctions models;
  private final InterpreterFunctions interpreters;
  private final TensorFunctions tensors;
  private final XnnpackFunctions xnnpack;

  private TfLite(LoadedLibrary library) {
    this.library = library;
    version = version(library);
    models = new ModelFunctions(library);
    interpreters = new InterpreterFunctions(library);
    tensors = new TensorFunctions(library);
    xnnpack = new XnnpackFunctions(library, XnnpackOptionsLayout.of(version, library.file()));
    Severity.onlyWarnings(library);
  }

  /**
   * Loads the library that {@link NativeLibrary} finds; where the system cannot load that one, the
   * older one beside it. The newer has the faster kernels (float32 takes two thirds of the time on
   * AVX2) and asks for GLIBCXX_3.4.30, which not every Amazon Linux 2023 has.
   *
   * @throws UnsatisfiedLinkError if there is none, if none loads, or if it is a version whose
   *     structures this build does not know
   */
  public static TfLite load() {
    try {
      return load(NativeLibrary.find(FILE_NAMES));
    } catch (UnsatisfiedLinkError tooNew) {
      return loadBaseline(tooNew);
    }
  }

  private static TfLite loadBaseline(UnsatisfiedLinkError tooNew) {
    try {
      return load(NativeLibrary.find(BASELINE));
    } catch (UnsatisfiedLinkError e) {
      tooNew.addSuppressed(e);
      throw tooNew;
    }
  }

  static TfLite load(Path file) {
    return new TfLite(LoadedLibrary.load(file));
  }

  /** Returns the library's own version, such as {@code 2.18.0}. */
  public String version() {
    return version;
  }

  LoadedLibrary library() {
    return library;
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
  private static String version(LoadedLibrary library) {
    MemorySegment text = library.function("TfLiteVersion").pointer();
    return text.reinterpret(Long.MAX_VALUE).getString(0);
  }
}
