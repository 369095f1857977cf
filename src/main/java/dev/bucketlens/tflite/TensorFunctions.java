package dev.bucketlens.tflite;

import static dev.bucketlens.nativelib.NativeFunction.word;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/** The functions on {@code TfLiteTensor}, which belongs to its interpreter. */
final class TensorFunctions {

  private final NativeFunction name;
  private final NativeFunction type;
  private final NativeFunction typeName;
  private final NativeFunction rank;
  private final NativeFunction dimension;
  private final NativeFunction signatureRank;
  private final NativeFunction signatureDimension;
  private final NativeFunction quantization;
  private final NativeFunction data;
  private final NativeFunction byteSize;

  TensorFunctions(LoadedLibrary library) {
    name = library.function("TfLiteTensorName");
    type = library.function("TfLiteTensorType");
    typeName = library.function("TfLiteTypeGetName");
    rank = library.function("TfLiteTensorNumDims");
    dimension = library.function("TfLiteTensorDim");
    signatureRank = library.function("TfLiteOpaqueTensorGetNumDimsSignature");
    signatureDimension = library.function("TfLiteOpaqueTensorGetDimSignature");
    quantization = library.function("TfLiteTensorQuantizationParams");
    data = library.function("TfLiteTensorData");
    byteSize = library.function("TfLiteTensorByteSize");
  }

  /** Returns all that the file says of a tensor, with -1 for each dimension left open. */
  TensorSpec describe(MemorySegment tensor) {
    return describe(tensor, openShape(tensor));
  }

  /** Returns all that is known of a tensor whose memory is allocated, at the size in use. */
  TensorSpec describeAllocated(MemorySegment tensor) {
    return describe(tensor, shape(tensor));
  }

  /** Returns the tensor's memory, valid until its interpreter allocates anew or closes. */
  @SuppressWarnings("restricted")
  MemorySegment data(MemorySegment tensor) {
    return data.pointer(tensor).reinterpret(byteSize.number(tensor));
  }

  private TensorSpec describe(MemorySegment tensor, List<Integer> shape) {
    int code = type.integer(tensor);
    return new TensorSpec(
        text(name.pointer(tensor)),
        TensorType.ofCode(code),
        text(typeName.pointer(word(code))),
        shape,
        quantization(tensor));
  }

  /**
   * {@code TfLiteQuantizationParams} is a float, the scale, and an int, the zero point. A structure
   * of these eight bytes is returned as one word, the first field lowest, by all the calling
   * conventions that are met here.
   */
  private Quantization quantization(MemorySegment tensor) {
    long parameters = quantization.number(tensor);
    return new Quantization(
        Float.intBitsToFloat((int) parameters), (int) (parameters >>> Integer.SIZE));
  }

  private List<Integer> shape(MemorySegment tensor) {
    List<Integer> lengths = new ArrayList<>();
    int dimensions = rank.integer(tensor);
    for (int index = 0; index < dimensions; index++) {
      lengths.add(dimension.integer(tensor, word(index)));
    }
    return lengths;
  }

  /**
   * Beside a shape, which says 1 for an open dimension, some tensors have a signature, which says
   * -1. The two functions tell by their status that a tensor has none; its shape holds then.
   */
  private List<Integer> openShape(MemorySegment tensor) {
    List<Integer> lengths = shape(tensor);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(ValueLayout.JAVA_INT);
      int ranked = signatureRank.integer(tensor, result);
      if (ranked != 0 || result.get(ValueLayout.JAVA_INT, 0) != lengths.size()) {
        return lengths;
      }
      for (int index = 0; index < lengths.size(); index++) {
        if (signatureDimension.integer(tensor, word(index), result) == 0) {
          lengths.set(index, result.get(ValueLayout.JAVA_INT, 0));
        }
      }
      return lengths;
    }
  }

  @SuppressWarnings("restricted")
  private static String text(MemorySegment pointer) {
    return Handle.isNull(pointer) ? "" : pointer.reinterpret(Long.MAX_VALUE).getString(0);
  }
}
