package dev.bucketlens.engine;

import static dev.bucketlens.nativelib.NativeFunction.word;

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
  private final LiteRtFunction inputCount;
  private final LiteRtFunction inputName;
  private final LiteRtFunction input;
  private final LiteRtFunction outputCount;
  private final LiteRtFunction outputName;
  private final LiteRtFunction output;

  ModelFunctions(LoadedLibrary library, Reports reports) {
    this.reports = reports;
    tensors = new TensorFunctions(library);
    create = new LiteRtFunction(library, "LiteRtCreateModelFromBuffer");
    destroy = library.function("LiteRtDestroyModel");
    signatureCount = new LiteRtFunction(library, "LiteRtGetNumModelSignatures");
    signature = new LiteRtFunction(library, "LiteRtGetModelSignature");
    signatureKey = new LiteRtFunction(library, "LiteRtGetSignatureKey");
    inputCount = new LiteRtFunction(library, "LiteRtGetNumSignatureInputs");
    inputName = new LiteRtFunction(library, "LiteRtGetSignatureInputName");
    input = new LiteRtFunction(library, "LiteRtGetSignatureInputTensorByIndex");
    outputCount = new LiteRtFunction(library, "LiteRtGetNumSignatureOutputs");
    outputName = new LiteRtFunction(library, "LiteRtGetSignatureOutputName");
    output = new LiteRtFunction(library, "LiteRtGetSignatureOutputTensorByIndex");
  }

  /**
   * Reads a model, without a copy of its weights.
   *
   * @param bytes the file's content, which must outlive the model
   * @return the model, destroyed when {@code owner} closes
   * @throws LiteRtException if LiteRT does not take it for a model
   */
  MemorySegment create(MemorySegment environment, MemorySegment bytes, Arena owner) {
    return reports.during(() ->
        Handle.own(create.pointer(environment, bytes, word(bytes.byteSize())), owner, destroy));
  }

  /** Returns the names of the model's signatures. */
  List<String> signatures(MemorySegment model) {
    List<String> names =
        list(
            signatureCount.number(model),
            index -> signatureKey.text(signature.pointer(model, word(index))));
    names.remove(NO_SIGNATURE);
    return names;
  }

  /** Returns what the file says of the inputs of a signature, with -1 for each open dimension. */
  List<TensorSpec> inputs(MemorySegment model, int signatureIndex) {
    MemorySegment owner = signature.pointer(model, word(signatureIndex));
    return list(
        inputCount.number(owner),
        index ->
            tensors.describe(
                inputName.text(owner, word(index)), input.pointer(owner, word(index))));
  }

  /** As {@link #inputs}, of the outputs. */
  List<TensorSpec> outputs(MemorySegment model, int signatureIndex) {
    MemorySegment owner = signature.pointer(model, word(signatureIndex));
    return list(
        outputCount.number(owner),
        index ->
            tensors.describe(
                outputName.text(owner, word(index)), output.pointer(owner, word(index))));
  }

  private static <T> List<T> list(long count, LongFunction<T> element) {
    List<T> elements = new ArrayList<>();
    for (long index = 0; index < count; index++) {
      elements.add(element.apply(index));
    }
    return elements;
  }
}
