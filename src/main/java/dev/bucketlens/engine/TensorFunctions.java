package dev.bucketlens.engine;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;

import dev.bucketlens.nativelib.Field;
import dev.bucketlens.nativelib.LoadedLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The functions on {@code LiteRtTensor}, which is a model's description of a tensor. */
final class TensorFunctions {

  /** {@code LiteRtQuantizationPerTensor}, declared stable; the scale is a float. */
  private static final Field SCALE = Field.first(INT);

  private static final Field ZERO_POINT = SCALE.then(LONG);

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
    MemorySegment result = arena.allocate(ZERO_POINT.structureBytes(), Long.BYTES);
    quantization.run(tensor, result);
    long zeroPoint = ZERO_POINT.number(result);
    return new Quantization(
        Float.intBitsToFloat(SCALE.integer(result)),
        Math.clamp(zeroPoint, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }
}
