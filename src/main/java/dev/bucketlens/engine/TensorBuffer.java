package dev.bucketlens.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The memory of an input or an output of one interpreter.
 *
 * @param tensor what is in it
 * @param handle LiteRT's own, as a run takes it
 * @param memory where the elements are
 */
record TensorBuffer(TensorSpec tensor, MemorySegment handle, MemorySegment memory) {

  /** Makes the buffer of a tensor at the size in use; it lives as long as {@code owner}. */
  static TensorBuffer create(
      Model model, MemorySegment requirements, TensorSpec tensor, Arena owner) {
    BufferFunctions functions = model.library().buffers();
    MemorySegment buffer = functions.create(model.environment(), requirements, tensor, owner);
    return new TensorBuffer(tensor, buffer, functions.memory(buffer, owner));
  }

  /** Copies elements in: their bytes as they are. */
  void fill(MemorySegment elements) {
    memory.copyFrom(elements);
  }

  /** Returns the elements; integers dequantised to the real numbers they stand for. */
  float[] reals() {
    return tensor.type() == TensorType.FLOAT32
        ? memory.toArray(JAVA_FLOAT)
        : dequantize(memory.toArray(JAVA_BYTE));
  }

  private float[] dequantize(byte[] integers) {
    boolean signed = tensor.type() == TensorType.INT8;
    float[] reals = new float[integers.length];
    for (int i = 0; i < integers.length; i++) {
      reals[i] = tensor.quantization().dequantize(signed ? integers[i] : integers[i] & 0xFF);
    }
    return reals;
  }
}
