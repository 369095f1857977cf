package dev.bucketlens.classify;

import dev.bucketlens.flatbuffer.FlatBuffer.Table;
import dev.bucketlens.flatbuffer.MalformedException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Reads the numbers of a constant in a model, to find between which they lie. */
final class ConstantTensor {

  private static final int TYPE = 1;
  private static final int QUANTIZATION = 4;
  private static final int SCALE = 2;
  private static final int ZERO_POINT = 3;

  private static final int FLOAT32 = 0;
  private static final int FLOAT16 = 1;
  private static final int UINT8 = 3;
  private static final int INT16 = 7;
  private static final int INT8 = 9;

  /** A factor or a bound has one number, or one a label; what is larger is weights. */
  private static final int MAX_BYTES = 1 << 18;

  private ConstantTensor() {}

  /**
   * Returns the least interval with all numbers of a tensor.
   *
   * @param tensor its description
   * @param data its content, in little-endian order
   * @return empty for what is no constant, or not of real numbers with one scale
   */
  static Optional<Interval> interval(Table tensor, Optional<ByteBuffer> data)
      throws MalformedException {
    if (data.isEmpty() || data.get().limit() == 0 || data.get().limit() > MAX_BYTES) {
      return Optional.empty();
    }
    ByteBuffer bytes = data.get();
    int type = tensor.int8(TYPE);
    return switch (type) {
      case FLOAT32 -> interval(bytes, Float.BYTES, bytes::getFloat);
      case FLOAT16 -> interval(bytes, Short.BYTES, at -> Float.float16ToFloat(bytes.getShort(at)));
      case UINT8, INT8, INT16 -> quantized(tensor, bytes, type);
      default -> Optional.empty();
    };
  }

  private static Optional<Interval> quantized(Table tensor, ByteBuffer bytes, int type)
      throws MalformedException {
    Optional<Table> quantization = tensor.table(QUANTIZATION);
    List<Float> scales = quantization.isEmpty() ? List.of() : quantization.get().floats(SCALE);
    if (scales.size() != 1) {
      return Optional.empty();
    }
    List<Long> zeroPoints = quantization.get().longs(ZERO_POINT);
    long zeroPoint = zeroPoints.isEmpty() ? 0 : zeroPoints.getFirst();
    float scale = scales.getFirst();
    return switch (type) {
      case UINT8 ->
          interval(bytes, 1, at -> (Byte.toUnsignedInt(bytes.get(at)) - zeroPoint) * scale);
      case INT8 -> interval(bytes, 1, at -> (bytes.get(at) - zeroPoint) * scale);
      default -> interval(bytes, Short.BYTES, at -> (bytes.getShort(at) - zeroPoint) * scale);
    };
  }

  /**
   * Returns the least interval with all numbers of a content.
   *
   * @param size of a number in bytes
   * @param number the one that begins at a byte
   */
  private static Optional<Interval> interval(
      ByteBuffer bytes, int size, IntToDoubleFunction number) {
    return Interval.of(
        IntStream.range(0, bytes.limit() / size)
            .mapToDouble(i -> number.applyAsDouble(i * size))
            .toArray());
  }
}
