package dev.bucketlens.tflite;

import static dev.bucketlens.nativelib.NativeFunction.word;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** The functions on {@code TfLiteInterpreter}. */
final class InterpreterFunctions {

  private final OptionsFunctions options;
  private final NativeFunction create;
  private final NativeFunction delete;
  private final NativeFunction inputCount;
  private final NativeFunction input;
  private final NativeFunction outputCount;
  private final NativeFunction output;
  private final NativeFunction resizeInput;
  private final NativeFunction allocateTensors;
  private final NativeFunction invoke;

  InterpreterFunctions(LoadedLibrary library) {
    options = new OptionsFunctions(library);
    create = library.function("TfLiteInterpreterCreate");
    delete = library.function("TfLiteInterpreterDelete");
    inputCount = library.function("TfLiteInterpreterGetInputTensorCount");
    input = library.function("TfLiteInterpreterGetInputTensor");
    outputCount = library.function("TfLiteInterpreterGetOutputTensorCount");
    output = library.function("TfLiteInterpreterGetOutputTensor");
    resizeInput = library.function("TfLiteInterpreterResizeInputTensor");
    allocateTensors = library.function("TfLiteInterpreterAllocateTensors");
    invoke = library.function("TfLiteInterpreterInvoke");
  }

  /**
   * Builds an interpreter.
   *
   * @param delegates applied in this order; they must outlive the interpreter
   * @return the interpreter, deleted when {@code owner} closes; null if it cannot be built, and
   *     then {@code errors} was told why
   */
  MemorySegment create(
      MemorySegment model,
      int threads,
      List<MemorySegment> delegates,
      ErrorLog errors,
      Arena owner) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment settings = options.create(threads, delegates, errors, arena);
      return Handle.own(create.pointer(model, settings), owner, delete::run);
    }
  }

  int inputCount(MemorySegment interpreter) {
    return inputCount.integer(interpreter);
  }

  MemorySegment input(MemorySegment interpreter, int index) {
    return input.pointer(interpreter, word(index));
  }

  int outputCount(MemorySegment interpreter) {
    return outputCount.integer(interpreter);
  }

  MemorySegment output(MemorySegment interpreter, int index) {
    return output.pointer(interpreter, word(index));
  }

  /** Returns a status. The tensors must be allocated anew afterwards. */
  int resizeInput(MemorySegment interpreter, int index, List<Integer> shape) {
    try (Arena arena = Arena.ofConfined()) {
      int[] lengths = shape.stream().mapToInt(Integer::intValue).toArray();
      MemorySegment dimensions = arena.allocateFrom(ValueLayout.JAVA_INT, lengths);
      return resizeInput.integer(interpreter, word(index), dimensions, word(lengths.length));
    }
  }

  /** Returns a status. */
  int allocateTensors(MemorySegment interpreter) {
    return allocateTensors.integer(interpreter);
  }

  /** Returns a status. */
  int invoke(MemorySegment interpreter) {
    return invoke.integer(interpreter);
  }
}
