package dev.bucketlens.engine;

import static dev.bucketlens.nativelib.CType.POINTER;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.bucketlens.nativelib.LoadedLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The functions on {@code LiteRtTensor}, which is a model's description of a tensor. */
final class TensorFunctions {

  /** Of {@code LiteRtQuantizationPerTensor}: a float, and at 8 the zero point; declared stable. */
  private static final int QUANTIZATION_BYTES = 16;

  private static final int ZERO_POINT = 8;

  /** Of {@code LiteRtQuantizationTypeId}. */
  private static final int PER_TENSOR = 1;

  private static final Quantization NONE = new Quantization(0, 0);

  private final LiteRtFunction type;
  private final LiteRtFunction quantizationKind;
  private final LiteRtFunction quantization;

  TensorFunctions(LoadedLibrary library) {
    type = new LiteRtFunction(library, "LiteRtGetRankedTensorType", POINTER, POINTER);
    quantizationKind = new LiteRtFunction(library, "LiteRtGetQuantizationTypeId", POINTER, POINTER);
    quantization = new LiteRtFunction(library, "LiteRtGetPerTensorQuantization", POINTER, POINTER);
  }

  /** Returns all that the file says of a tensor, with -1 for each dimension left open. */
  TensorSpec describe(String name, MemorySegment tensor) {
    try (Arena arena = Arena.ofConfined()) {
      RankedTensorType found = RankedTensorType.allocate(arena);
      type.run(tensor, found.segment());
      return new TensorSpec(name, found.type(), found.shape(), quantization(tensor, arena));
    }
  }

  private Quantization quantization(MemorySegment tensor, Arena arena) {
    if ((int) quantizationKind.number(tensor) != PER_TENSOR) {
      return NONE;
    }
    MemorySegment result = arena.allocate(QUANTIZATION_BYTES, Long.BYTES);
    quantization.run(tensor, result);
    long zeroPoint = result.get(JAVA_LONG, ZERO_POINT);
    return new Quantization(
        result.get(JAVA_FLOAT, 0), Math.clamp(zeroPoint, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }
}
