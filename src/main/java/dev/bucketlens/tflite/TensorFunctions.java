package dev.bucketlens.tflite;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/** The functions on {@code TfLiteTensor}, which belongs to its interpreter. */
final class TensorFunctions {

  private static final StructLayout QUANTIZATION =
      MemoryLayout.structLayout(
          ValueLayout.JAVA_FLOAT.withName("scale"), ValueLayout.JAVA_INT.withName("zero_point"));

  private final MethodHandle name;
  private final MethodHandle type;
  private final MethodHandle typeName;
  private final MethodHandle rank;
  private final MethodHandle dimension;
  private final MethodHandle signatureRank;
  private final MethodHandle signatureDimension;
  private final MethodHandle quantization;
  private final MethodHandle data;
  private final MethodHandle byteSize;

  TensorFunctions(Functions functions) {
    var pointer = ValueLayout.ADDRESS;
    var integer = ValueLayout.JAVA_INT;
    name = functions.bind("TfLiteTensorName", pointer, pointer);
    type = functions.bind("TfLiteTensorType", integer, pointer);
    typeName = functions.bind("TfLiteTypeGetName", pointer, integer);
    rank = functions.bind("TfLiteTensorNumDims", integer, pointer);
    dimension = functions.bind("TfLiteTensorDim", integer, pointer, integer);
    signatureRank =
        functions.bind("TfLiteOpaqueTensorGetNumDimsSignature", integer, pointer, pointer);
    signatureDimension =
        functions.bind("TfLiteOpaqueTensorGetDimSignature", integer, pointer, integer, pointer);
    quantization = functions.bind("TfLiteTensorQuantizationParams", QUANTIZATION, pointer);
    data = functions.bind("TfLiteTensorData", pointer, pointer);
    byteSize = functions.bind("TfLiteTensorByteSize", ValueLayout.JAVA_LONG, pointer);
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
    try {
      long bytes = (long) byteSize.invokeExact(tensor);
      return ((MemorySegment) data.invokeExact(tensor)).reinterpret(bytes);
    } catch (Throwable e) {
      throw Functions.broken(e);
    }
  }

  private TensorSpec describe(MemorySegment tensor, List<Integer> shape) {
    try (Arena arena = Arena.ofConfined()) {
      int code = (int) type.invokeExact(tensor);
      MemorySegment parameters =
          (MemorySegment) quantization.invokeExact((SegmentAllocator) arena, tensor);
      return new TensorSpec(
          text((MemorySegment) name.invokeExact(tensor)),
          TensorType.ofCode(code),
          text((MemorySegment) typeName.invokeExact(code)),
          shape,
          new Quantization(
              parameters.get(ValueLayout.JAVA_FLOAT, 0), parameters.get(ValueLayout.JAVA_INT, 4)));
    } catch (Throwable e) {
      throw Functions.broken(e);
    }
  }

  private List<Integer> shape(MemorySegment tensor) {
    try {
      List<Integer> lengths = new ArrayList<>();
      int dimensions = (int) rank.invokeExact(tensor);
      for (int index = 0; index < dimensions; index++) {
        lengths.add((int) dimension.invokeExact(tensor, index));
      }
      return lengths;
    } catch (Throwable e) {
      throw Functions.broken(e);
    }
  }

  /**
   * Beside a shape, which says 1 for an open dimension, some tensors have a signature, which says
   * -1. The two functions tell by their status that a tensor has none; its shape holds then.
   */
  private List<Integer> openShape(MemorySegment tensor) {
    List<Integer> lengths = shape(tensor);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment result = arena.allocate(ValueLayout.JAVA_INT);
      int ranked = (int) signatureRank.invokeExact(tensor, result);
      if (ranked != 0 || result.get(ValueLayout.JAVA_INT, 0) != lengths.size()) {
        return lengths;
      }
      for (int index = 0; index < lengths.size(); index++) {
        int found = (int) signatureDimension.invokeExact(tensor, index, result);
        if (found == 0) {
          lengths.set(index, result.get(ValueLayout.JAVA_INT, 0));
        }
      }
      return lengths;
    } catch (Throwable e) {
      throw Functions.broken(e);
    }
  }

  @SuppressWarnings("restricted")
  private static String text(MemorySegment pointer) {
    return Handle.isNull(pointer) ? "" : pointer.reinterpret(Long.MAX_VALUE).getString(0);
  }
}
