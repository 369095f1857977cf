package dev.bucketlens.engine;

import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.CType.VOID;
import static dev.bucketlens.nativelib.Signature.returns;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/** The functions on {@code LiteRtModel} and on its signatures. */
final class ModelFunctions {

  /** How LiteRT names the whole of a model that has no signature. */
  private static final String NO_SIGNATURE = "<placeholder signature>";

  private final TensorFunctions tensors;
  private final Reports reports;
  private final LiteRtFunction create;
  private final NativeFunction destroy;
  private final LiteRtFunction signatureCount;
  private final LiteRtFunction signature;
  private final LiteRtFunction signatureKey;
  private final End inputs;
  private final End outputs;

  /**
   * The functions on one end of a signature, its inputs or its outputs.
   *
   * @param count how many tensors there are
   * @param name of one of them
   * @param tensor one of them
   */
  private record End(LiteRtFunction count, LiteRtFunction name, LiteRtFunction tensor) {

    static End of(LoadedLibrary library, String count, String name, String tensor) {
      return new End(
          new LiteRtFunction(library, count, POINTER, POINTER),
          new LiteRtFunction(library, name, POINTER, LONG, POINTER),
          new LiteRtFunction(library, tensor, POINTER, LONG, POINTER));
    }
  }

  ModelFunctions(LoadedLibrary library, Reports reports) {
    this.reports = reports;
    tensors = new TensorFunctions(library);
    create =
        new LiteRtFunction(library, "LiteRtCreateModelFromBuffer", POINTER, POINTER, LONG, POINTER);
    destroy = library.function("LiteRtDestroyModel", returns(VOID).takes(POINTER));
    signatureCount = new LiteRtFunction(library, "LiteRtGetNumModelSignatures", POINTER, POINTER);
    signature = new LiteRtFunction(library, "LiteRtGetModelSignature", POINTER, LONG, POINTER);
    signatureKey = new LiteRtFunction(library, "LiteRtGetSignatureKey", POINTER, POINTER);
    inputs =
        End.of(
            library,
            "LiteRtGetNumSignatureInputs",
            "LiteRtGetSignatureInputName",
            "LiteRtGetSignatureInputTensorByIndex");
    outputs =
        End.of(
            library,
            "LiteRtGetNumSignatureOutputs",
            "LiteRtGetSignatureOutputName",
            "LiteRtGetSignatureOutputTensorByIndex");
  }

  /**
   * Reads a model, without a copy of its weights.
   *
   * @param bytes the file's content, which must outlive the model
   * @return the model, destroyed when {@code owner} closes
   * @throws LiteRtException if LiteRT does not take it for a model
   */
  MemorySegment create(MemorySegment environment, MemorySegment bytes, Arena owner) {
    return reports.during(
        () -> Handle.own(create.pointer(environment, bytes, bytes.byteSize()), owner, destroy));
  }

  /** Returns the names of the model's signatures. */
  List<String> signatures(MemorySegment model) {
    List<String> names =
        list(
            signatureCount.number(model),
            index -> signatureKey.text(signature.pointer(model, index)));
    names.remove(NO_SIGNATURE);
    return names;
  }

  /** Returns what the file says of the inputs of a signature, with -1 for each open dimension. */
  List<TensorSpec> inputs(MemorySegment model, int signatureIndex) {
    return tensors(model, signatureIndex, inputs);
  }

  /** As {@link #inputs}, of the outputs. */
  List<TensorSpec> outputs(MemorySegment model, int signatureIndex) {
    return tensors(model, signatureIndex, outputs);
  }

  private List<TensorSpec> tensors(MemorySegment model, long signatureIndex, End end) {
    MemorySegment owner = signature.pointer(model, signatureIndex);
    return list(
        end.count().number(owner),
        index ->
            tensors.describe(end.name().text(owner, index), end.tensor().pointer(owner, index)));
  }

  private static <T> List<T> list(long count, LongFunction<T> element) {
    List<T> elements = new ArrayList<>();
    for (long index = 0; index < count; index++) {
      elements.add(element.apply(index));
    }
    return elements;
  }
}
