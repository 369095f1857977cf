package dev.bucketlens.tflite;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.function.Consumer;

/** The functions on {@code TfLiteInterpreter}. */
final class InterpreterFunctions {

  private final OptionsFunctions options;
  private final MethodHandle create;
  private final Consumer<MemorySegment> delete;
  private final MethodHandle inputCount;
  private final MethodHandle input;
  private final MethodHandle outputCount;
  private final MethodHandle output;
  private final MethodHandle resizeInput;
  private final MethodHandle allocateTensors;
  private final MethodHandle invoke;

  InterpreterFunctions(Functions functions) {
    var pointer = ValueLayout.ADDRESS;
    var integer = ValueLayout.JAVA_INT;
    options = new OptionsFunctions(functions);
    create = functions.bind("TfLiteInterpreterCreate", pointer, pointer, pointer);
    delete = functions.bindRelease("TfLiteInterpreterDelete");
    inputCount = functions.bind("TfLiteInterpreterGetInputTensorCount", integer, pointer);
    input = functions.bind("TfLiteInterpreterGetInputTensor", pointer, pointer, integer);
    outputCount = functions.bind("TfLiteInterpreterGetOutputTensorCount", integer, pointer);
    output = functions.bind("TfLiteInterpreterGetOutputTensor", pointer, pointer, integer);
    resizeInput =
        functions.bind(
            "TfLiteInterpreterResizeInputTensor", integer, pointer, integer, pointer, integer);
    allocateTensors = functions.bind("TfLiteInterpreterAllocateTensors", integer, pointer);
    invoke = functions.bind("TfLiteInterpreterInvoke", integer, pointer);
  }

  /**
   * Builds an interpreter.
   *
   * @param delegates applied in this order; they must outlive the interpreter
   * @return the interpreter, deleted when {@code owner} closes; null if it cannot be built, and
   *     then the reporter was told why
   */
  MemorySegment create(
      MemorySegment model,
      int threads,
      List<MemorySegment> delegates,
      MemorySegment errorReporter,
      Arena owner) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment settings = options.create(threads, delegates, errorReporter, arena);
      MemorySegment interpreter = (MemorySegment) create.invokeExact(model, settings);
      return Handle.own(interpreter, owner, delete);
    } catch (Throwable e) {
      throw Functions.broken(e);
    }
  }

  int inputCount(MemorySegment interpreter) {
    return call(inputCount, interpreter);
  }

  MemorySegment input(MemorySegment interpreter, int index) {
    return tensor(input, interpreter, index);
  }

  int outputCount(MemorySegment interpreter) {
    return call(outputCount, interpreter);
  }

  MemorySegment output(MemorySegment interpreter, int index) {
    return tensor(output, interpreter, index);
  }

  /** Returns a status. The tensors must be allocated anew afterwards. */
  int resizeInput(MemorySegment interpreter, int index, List<Integer> shape) {
    try (Arena arena = Arena.ofConfined()) {
      int[] lengths = shape.stream().mapToInt(Integer::intValue).toArray();
      MemorySegment dimensions = arena.allocateFrom(ValueLayout.JAVA_INT, lengths);
      return (int) resizeInput.invokeExact(interpreter, index, dimensions, lengths.length);
    } catch (Throwable e) {
      throw Functions.broken(e);
    }
  }

  /** Returns a status. */
  int allocateTensors(MemorySegment interpreter) {
    return call(allocateTensors, interpreter);
  }

  /** Returns a status. */
  int invoke(MemorySegment interpreter) {
    return call(invoke, interpreter);
  }

  private static int call(MethodHandle function, MemorySegment interpreter) {
    try {
      return (int) function.invokeExact(interpreter);
    } catch (Throwable e) {
      throw Functions.broken(e);
    }
  }

  private static MemorySegment tensor(MethodHandle function, MemorySegment interpreter, int index) {
    try {
      return (MemorySegment) function.invokeExact(interpreter, index);
    } catch (Throwable e) {
      throw Functions.broken(e);
    }
  }
}
