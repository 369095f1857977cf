package dev.bucketlens.tflite;

import static dev.bucketlens.nativelib.NativeFunction.word;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/** The functions on {@code TfLiteInterpreterOptions}. */
final class OptionsFunctions {

  private final NativeFunction create;
  private final NativeFunction delete;
  private final NativeFunction setThreads;
  private final NativeFunction setErrorReporter;
  private final NativeFunction addDelegate;

  OptionsFunctions(LoadedLibrary library) {
    create = library.function("TfLiteInterpreterOptionsCreate");
    delete = library.function("TfLiteInterpreterOptionsDelete");
    setThreads = library.function("TfLiteInterpreterOptionsSetNumThreads");
    setErrorReporter = library.function("TfLiteInterpreterOptionsSetErrorReporter");
    addDelegate = library.function("TfLiteInterpreterOptionsAddDelegate");
  }

  /** Returns options, deleted when {@code owner} closes. */
  MemorySegment create(int threads, List<MemorySegment> delegates, ErrorLog errors, Arena owner) {
    MemorySegment options = Handle.own(create.pointer(), owner, delete::run);
    setThreads.run(options, word(threads));
    setErrorReporter.run(options, errors.reporter(), errors.stream());
    for (MemorySegment delegate : delegates) {
      addDelegate.run(options, delegate);
    }
    return options;
  }
}
