package dev.bucketlens.engine;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Runs a model that has one input, and reads one of its outputs: what LiteRT calls a compiled
 * model, with the buffers for its tensors. Not thread-safe: one run at a time, from any thread; an
 * {@link InterpreterPool} shares several among threads.
 */
public final class Interpreter implements AutoCloseable {

  private final CompiledModelFunctions functions;

  /** Shared: any thread may close the interpreter. */
  private final Arena arena = Arena.ofShared();

  private final MemorySegment handle;
  private final TensorBuffer input;
  private final TensorBuffer output;

  /** C arrays of the buffers of the input and of every output, as a run takes them. */
  private final MemorySegment inputs;

  private final MemorySegment outputs;

  private Interpreter(
      Model model, InterpreterSettings settings, List<Integer> inputShape, int outputIndex)
      throws ModelLoadException {
    functions = model.library().compiledModels();
    model.requireInput(inputShape);
    Objects.checkIndex(outputIndex, model.outputs().size());
    try {
      handle = functions.create(model.environment(), model.handle(), settings, arena);
      List<List<Integer>> outputShapes = allocate(model, inputShape);
      input =
          TensorBuffer.create(
              model,
              functions.inputRequirements(handle, 0),
              model.inputs().getFirst().at(inputShape),
              arena);
      List<TensorBuffer> given = outputs(model, outputShapes);
      output = given.get(outputIndex);
      inputs = array(List.of(input));
      outputs = array(given);
    } catch (LiteRtException e) {
      close();
      throw model.unusable(model.missingOperators(e.getMessage()).orElseGet(e::getMessage));
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /**
   * Makes a model ready to run, and its first output to be read.
   *
   * @throws ModelLoadException as {@link #create(Model, InterpreterSettings, List, int)} does
   */
  public static Interpreter create(
      Model model, InterpreterSettings settings, List<Integer> inputShape)
      throws ModelLoadException {
    return create(model, settings, inputShape, 0);
  }

  /**
   * Makes a model ready to run.
   *
   * @param inputShape the input's shape; where the model leaves a dimension open, this decides
   * @param output the index of the output that is read
   * @throws ModelLoadException if the model has operators that the library lacks, if it has not one
   *     input, or if it cannot work at this shape
   */
  public static Interpreter create(
      Model model, InterpreterSettings settings, List<Integer> inputShape, int output)
      throws ModelLoadException {
    return new Interpreter(model, settings, inputShape, output);
  }

  /** Returns the input at the shape in use. */
  public TensorSpec input() {
    return input.tensor();
  }

  /** Returns the output at the shape in use. */
  public TensorSpec output() {
    return output.tensor();
  }

  /**
   * Returns whether XNNPACK took the whole graph. What it leaves (an operator it does not have)
   * runs on kernels that may need ten times as long.
   */
  public boolean isFullyAccelerated() {
    return functions.isFullyAccelerated(handle);
  }

  /**
   * Runs the model once.
   *
   * @param values the input's elements, the last dimension varying fastest
   * @return the output's elements; integers dequantised to the real numbers they stand for
   * @throws IllegalArgumentException if the input is not of {@code FLOAT32}, or has another number
   *     of elements
   * @throws LiteRtException if the library fails
   */
  public float[] run(float[] values) {
    requireInput(input().type() == TensorType.FLOAT32, "float", values.length);
    return run(MemorySegment.ofArray(values));
  }

  /** As {@link #run(float[])}, for an input of {@code UINT8} or {@code INT8}. */
  public float[] run(byte[] values) {
    requireInput(input().type().isQuantized(), "byte", values.length);
    return run(MemorySegment.ofArray(values));
  }

  /** Frees all native memory. Calling it again does nothing. */
  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }

  private float[] run(MemorySegment elements) {
    input.fill(elements);
    explained(
        "run the model",
        () -> {
          functions.run(handle, inputs, outputs);
          return output;
        });
    return output.reals();
  }

  private List<TensorBuffer> outputs(Model model, List<List<Integer>> shapes) {
    return IntStream.range(0, shapes.size())
        .mapToObj(index ->
            TensorBuffer.create(
                model,
                functions.outputRequirements(handle, index),
                model.outputs().get(index).at(shapes.get(index)),
                arena))
        .toList();
  }

  private MemorySegment array(List<TensorBuffer> buffers) {
    MemorySegment array = arena.allocate(JAVA_LONG, buffers.size());
    for (int i = 0; i < buffers.size(); i++) {
      array.setAtIndex(JAVA_LONG, i, buffers.get(i).handle().address());
    }
    return array;
  }

  private List<List<Integer>> allocate(Model model, List<Integer> inputShape) {
    return explained(
        "prepare the graph for input " + inputShape,
        () -> {
          if (model.inputs().getFirst().isDynamic()) {
            functions.resizeInput(handle, 0, inputShape);
          }
          return functions.allocate(handle, model.outputs().size());
        });
  }

  /** Adds to a failure what was to be done, and what the compiled model kept of the reasons. */
  private <T> T explained(String operation, Supplier<T> call) {
    try {
      return call.get();
    } catch (LiteRtException e) {
      String reasons = functions.errorMessages(handle);
      String reason = reasons.isEmpty() ? e.getMessage() : reasons;
      throw new LiteRtException("%s: %s".formatted(operation, reason), e);
    }
  }

  private void requireInput(boolean rightType, String elements, int count) {
    if (!rightType || count != input().elements()) {
      throw new IllegalArgumentException(
          "The model's input is %s; found %d %s values.".formatted(input(), count, elements));
    }
  }
}
