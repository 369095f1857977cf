package dev.bucketlens.classify;

import dev.bucketlens.flatbuffer.FlatBuffer.Table;
import dev.bucketlens.flatbuffer.MalformedException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

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
      case FLOAT32 -> {
        double[] values = new double[bytes.limit() / Float.BYTES];
        for (int i = 0; i < values.length; i++) {
          values[i] = bytes.getFloat(i * Float.BYTES);
        }
        yield Interval.of(values);
      }
      case FLOAT16 -> {
        double[] values = new double[bytes.limit() / Short.BYTES];
        for (int i = 0; i < values.length; i++) {
          values[i] = Float.float16ToFloat(bytes.getShort(i * Short.BYTES));
        }
        yield Interval.of(values);
      }
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
    double[] values = new double[type == INT16 ? bytes.limit() / Short.BYTES : bytes.limit()];
    for (int i = 0; i < values.length; i++) {
      int stored =
          switch (type) {
            case UINT8 -> Byte.toUnsignedInt(bytes.get(i));
            case INT8 -> bytes.get(i);
            default -> bytes.getShort(i * Short.BYTES);
          };
      values[i] = (stored - zeroPoint) * scales.getFirst();
    }
    return Interval.of(values);
  }
}
