package dev.bucketlens.tflite;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.function.Consumer;

/** The functions on {@code TfLiteInterpreterOptions}. */
final class OptionsFunctions {

  private final MethodHandle create;
  private final Consumer<MemorySegment> delete;
  private final MethodHandle setThreads;
  private final MethodHandle setErrorReporter;
  private final MethodHandle addDelegate;

  OptionsFunctions(Functions functions) {
    var pointer = ValueLayout.ADDRESS;
    create = functions.bind("TfLiteInterpreterOptionsCreate", pointer);
    delete = functions.bindRelease("TfLiteInterpreterOptionsDelete");
    setThreads =
        functions.bindVoid("TfLiteInterpreterOptionsSetNumThreads", pointer, ValueLayout.JAVA_INT);
    setErrorReporter =
        functions.bindVoid("TfLiteInterpreterOptionsSetErrorReporter", pointer, pointer, pointer);
    addDelegate = functions.bindVoid("TfLiteInterpreterOptionsAddDelegate", pointer, pointer);
  }

  /** Returns options, deleted when {@code owner} closes. */
  MemorySegment create(
      int threads, List<MemorySegment> delegates, MemorySegment errorReporter, Arena owner) {
    try {
      MemorySegment options = Handle.own((MemorySegment) create.invokeExact(), owner, delete);
      setThreads.invokeExact(options, threads);
      setErrorReporter.invokeExact(options, errorReporter, MemorySegment.NULL);
      for (MemorySegment delegate : delegates) {
        addDelegate.invokeExact(options, delegate);
      }
      return options;
    } catch (Throwable e) {
      throw Functions.broken(e);
    }
  }
}
