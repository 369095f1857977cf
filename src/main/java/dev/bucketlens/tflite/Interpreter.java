package dev.bucketlens.tflite;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs a model that has one input and one output. Not thread-safe: one run at a time, from any
 * thread; an {@link InterpreterPool} shares several among threads.
 */
public final class Interpreter implements AutoCloseable {

  private final TfLite library;

  /** Closed last: the delegate and the error log must outlive the interpreter. Shared. */
  private final Arena servants = Arena.ofShared();

  /** Shared: any thread may close the interpreter. */
  private final Arena arena = Arena.ofShared();

  private final ErrorLog errors = new ErrorLog(servants);
  private final MemorySegment handle;
  private final TensorSpec input;
  private final TensorSpec output;

  private Interpreter(
      Model model,
      InterpreterOptions options,
      List<Integer> inputShape,
      List<MemorySegment> observers)
      throws ModelLoadException {
    library = model.library();
    try {
      handle = build(model, options, observers);
      requireOneEach(model);
      allocate(model, inputShape);
      input = library.tensors().describeAllocated(inputTensor());
      output = library.tensors().describeAllocated(outputTensor());
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /**
   * Makes a model ready to run.
   *
   * @param inputShape the input's shape; where the model leaves a dimension open, this decides
   * @throws ModelLoadException if the model has operators that the library lacks, if it has not one
   *     input and one output, or if it cannot work at this shape
   */
  public static Interpreter create(
      Model model, InterpreterOptions options, List<Integer> inputShape) throws ModelLoadException {
    return create(model, options, inputShape, List.of());
  }

  /** As above, with delegates that look at the graph after XNNPACK took its part. */
  static Interpreter create(
      Model model,
      InterpreterOptions options,
      List<Integer> inputShape,
      List<MemorySegment> observers)
      throws ModelLoadException {
    return new Interpreter(model, options, inputShape, observers);
  }

  /** Returns the input at the shape in use. */
  public TensorSpec input() {
    return input;
  }

  /** Returns the output at the shape in use. */
  public TensorSpec output() {
    return output;
  }

  /**
   * Runs the model once.
   *
   * @param values the input's elements, the last dimension varying fastest
   * @return the output's elements; integers dequantised to the real numbers they stand for
   * @throws IllegalArgumentException if the input is not of {@code FLOAT32}, or has another number
   *     of elements
   * @throws TfLiteException if the library fails
   */
  public float[] run(float[] values) {
    requireInput(input.type() == TensorType.FLOAT32, "float", values.length);
    MemorySegment tensor = library.tensors().data(inputTensor());
    MemorySegment.copy(values, 0, tensor, ValueLayout.JAVA_FLOAT, 0, values.length);
    return invoke();
  }

  /** As {@link #run(float[])}, for an input of {@code UINT8} or {@code INT8}. */
  public float[] run(byte[] values) {
    requireInput(input.type().isQuantized(), "byte", values.length);
    MemorySegment tensor = library.tensors().data(inputTensor());
    MemorySegment.copy(values, 0, tensor, ValueLayout.JAVA_BYTE, 0, values.length);
    return invoke();
  }

  /** Frees all native memory. Calling it again does nothing. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
      servants.close();
    }
  }

  private MemorySegment build(
      Model model, InterpreterOptions options, List<MemorySegment> observers)
      throws ModelLoadException {
    List<MemorySegment> delegates = new ArrayList<>();
    if (options.xnnpack()) {
      delegates.add(library.xnnpack().create(options.threads(), servants));
    }
    delegates.addAll(observers);
    MemorySegment created =
        library.interpreters().create(model.handle(), options.threads(), delegates, errors, arena);
    if (Handle.isNull(created)) {
      throw model.unusable(errors.drain());
    }
    return created;
  }

  private void allocate(Model model, List<Integer> inputShape) throws ModelLoadException {
    TensorSpec open = model.inputs().getFirst();
    if (!open.allows(inputShape)) {
      throw new IllegalArgumentException(
          "The model's input is %s; found the shape %s.".formatted(open, inputShape));
    }
    try {
      if (open.isDynamic()) {
        int resized = library.interpreters().resizeInput(handle, 0, inputShape);
        Status.check(resized, "set the input's shape to " + inputShape, errors);
      }
      int allocated = library.interpreters().allocateTensors(handle);
      Status.check(allocated, "prepare the graph for input " + inputShape, errors);
    } catch (TfLiteException e) {
      throw model.unusable(e.getMessage());
    }
  }

  private static void requireOneEach(Model model) throws ModelLoadException {
    if (model.inputs().size() != 1 || model.outputs().size() != 1) {
      throw new ModelLoadException(
          model.file(),
          "expected one input and one output, found inputs %s and outputs %s."
              .formatted(model.inputs(), model.outputs()));
    }
  }

  private void requireInput(boolean rightType, String elements, int count) {
    if (!rightType || count != input.elements()) {
      throw new IllegalArgumentException(
          "The model's input is %s; found %d %s values.".formatted(input, count, elements));
    }
  }

  private float[] invoke() {
    Status.check(library.interpreters().invoke(handle), "run the model", errors);
    MemorySegment tensor = library.tensors().data(outputTensor());
    return output.type() == TensorType.FLOAT32
        ? tensor.toArray(ValueLayout.JAVA_FLOAT)
        : dequantize(tensor.toArray(ValueLayout.JAVA_BYTE));
  }

  private float[] dequantize(byte[] integers) {
    boolean signed = output.type() == TensorType.INT8;
    float[] reals = new float[integers.length];
    for (int i = 0; i < integers.length; i++) {
      reals[i] = output.quantization().dequantize(signed ? integers[i] : integers[i] & 0xFF);
    }
    return reals;
  }

  private MemorySegment inputTensor() {
    return library.interpreters().input(handle, 0);
  }

  private MemorySegment outputTensor() {
    return library.interpreters().output(handle, 0);
  }
}
