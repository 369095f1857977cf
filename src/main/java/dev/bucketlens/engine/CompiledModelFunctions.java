package dev.bucketlens.engine;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.CType.VOID;
import static dev.bucketlens.nativelib.Signature.returns;
import static java.lang.foreign.ValueLayout.ADDRESS;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions on {@code LiteRtCompiledModel}, which runs one model at one shape. Of a model's
 * signatures the first is run.
 */
final class CompiledModelFunctions {

  private static final long SIGNATURE = Model.SIGNATURE;
  private static final int UPDATE_ALLOCATION = 1;

  private final OptionsFunctions options;
  private final Reports reports;
  private final LiteRtFunction create;
  private final NativeFunction destroy;
  private final LiteRtFunction resizeInput;
  private final LiteRtFunction outputLayouts;
  private final LiteRtFunction inputRequirements;
  private final LiteRtFunction outputRequirements;
  private final LiteRtFunction run;
  private final LiteRtFunction fullyAccelerated;
  private final LiteRtFunction errorMessages;
  private final NativeFunction free;

  CompiledModelFunctions(LoadedLibrary library, LoadedLibrary system, Reports reports) {
    this.reports = reports;
    options = new OptionsFunctions(library, system);
    create =
        new LiteRtFunction(
            library, "LiteRtCreateCompiledModel", POINTER, POINTER, POINTER, POINTER);
    destroy = library.function("LiteRtDestroyCompiledModel", returns(VOID).takes(POINTER));
    resizeInput =
        new LiteRtFunction(
            library, "LiteRtCompiledModelResizeInputTensor", POINTER, LONG, LONG, POINTER, LONG);
    outputLayouts =
        new LiteRtFunction(
            library,
            "LiteRtGetCompiledModelOutputTensorLayouts",
            POINTER,
            LONG,
            LONG,
            POINTER,
            INT);
    inputRequirements =
        new LiteRtFunction(
            library, "LiteRtGetCompiledModelInputBufferRequirements", POINTER, LONG, LONG, POINTER);
    outputRequirements =
        new LiteRtFunction(
            library,
            "LiteRtGetCompiledModelOutputBufferRequirements",
            POINTER,
            LONG,
            LONG,
            POINTER);
    run =
        new LiteRtFunction(
            library, "LiteRtRunCompiledModel", POINTER, LONG, LONG, POINTER, LONG, POINTER);
    fullyAccelerated =
        new LiteRtFunction(library, "LiteRtCompiledModelIsFullyAccelerated", POINTER, POINTER);
    errorMessages =
        new LiteRtFunction(library, "LiteRtCompiledModelGetErrorMessages", POINTER, POINTER);
    free = system.function("free", returns(VOID).takes(POINTER));
  }

  /**
   * Compiles a model.
   *
   * @return the compiled model, destroyed when {@code owner} closes
   * @throws LiteRtException if it cannot be compiled; the message is the library's own
   */
  MemorySegment create(
      MemorySegment environment, MemorySegment model, InterpreterSettings chosen, Arena owner) {
    return reports.during(() -> {
      try {
        return create(environment, model, chosen, true, owner);
      } catch (LiteRtException keptNowhere) {
        // The reasons were kept by what was never made; once more, then, and they are printed.
        return create(environment, model, chosen, false, owner);
      }
    });
  }

  private MemorySegment create(
      MemorySegment environment,
      MemorySegment model,
      InterpreterSettings chosen,
      boolean keepErrors,
      Arena owner) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment settings = options.create(chosen, keepErrors, arena);
      return Handle.own(create.pointer(environment, model, settings), owner, destroy);
    }
  }

  /** Sets the shape of an input that leaves dimensions open. */
  void resizeInput(MemorySegment compiled, int index, List<Integer> shape) {
    try (Arena arena = Arena.ofConfined()) {
      int[] lengths = shape.stream().mapToInt(Integer::intValue).toArray();
      MemorySegment dimensions = arena.allocateFrom(ValueLayout.JAVA_INT, lengths);
      resizeInput.run(compiled, SIGNATURE, (long) index, dimensions, (long) lengths.length);
    }
  }

  /** Prepares the graph for the shapes of its inputs; returns the shapes of its outputs. */
  List<List<Integer>> allocate(MemorySegment compiled, int outputs) {
    long layoutBytes = RankedTensorType.LAYOUT_BYTES;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment layouts = arena.allocate(outputs * layoutBytes, Integer.BYTES);
      outputLayouts.run(compiled, SIGNATURE, (long) outputs, layouts, UPDATE_ALLOCATION);
      List<List<Integer>> shapes = new ArrayList<>();
      for (int i = 0; i < outputs; i++) {
        shapes.add(RankedTensorType.shape(layouts.asSlice(i * layoutBytes, layoutBytes)));
      }
      return shapes;
    }
  }

  /** Returns what a buffer of that input must be like; the compiled model's own. */
  MemorySegment inputRequirements(MemorySegment compiled, int index) {
    return inputRequirements.pointer(compiled, SIGNATURE, (long) index);
  }

  /** As {@link #inputRequirements}, of an output. */
  MemorySegment outputRequirements(MemorySegment compiled, int index) {
    return outputRequirements.pointer(compiled, SIGNATURE, (long) index);
  }

  /**
   * Runs the model once.
   *
   * @param input the array of one buffer
   * @param outputs the array of a buffer for each of the outputs
   */
  void run(MemorySegment compiled, MemorySegment input, MemorySegment outputs) {
    long count = outputs.byteSize() / ADDRESS.byteSize();
    run.run(compiled, SIGNATURE, 1L, input, count, outputs);
  }

  /** Returns whether accelerators took every operator of the graph. */
  boolean isFullyAccelerated(MemorySegment compiled) {
    return fullyAccelerated.flag(compiled);
  }

  /** Returns what went wrong since the last call, as one line; empty if nothing did. */
  String errorMessages(MemorySegment compiled) {
    MemorySegment text = errorMessages.pointer(compiled);
    try {
      String messages = NativeFunction.text(text);
      return String.join(" ", messages.strip().split("\\s*\n\\s*", -1));
    } finally {
      free.run(text);
    }
  }
}
