package dev.bucketlens.engine;

/**
 * How an integer tensor stands for real numbers: {@code real = scale * (integer - zeroPoint)}.
 *
 * @param scale the step between neighbouring integers; 0 if the tensor has no such parameters, or
 *     one pair for each channel
 * @param zeroPoint the integer that means 0.0
 */
public record Quantization(float scale, int zeroPoint) {

  /** Returns the real number that {@code integer} stands for. */
  public float dequantize(int integer) {
    return scale * (integer - zeroPoint);
  }

  /**
   * Returns the integer of {@code type} nearest to {@code real}; beyond the type's range, its end.
   * Halves go away from zero, as TensorFlow Lite's own Quantize operator rounds.
   */
  public int quantize(double real, TensorType type) {
    double steps = real / scale;
    double integer = Math.copySign(Math.floor(Math.abs(steps) + 0.5), steps) + zeroPoint;
    return (int) Math.clamp(integer, type.minimum(), type.maximum());
  }

  /** Returns whether a tensor of {@code type} can be read with these parameters. */
  public boolean fits(TensorType type) {
    return Float.isFinite(scale)
        && scale > 0
        && zeroPoint >= type.minimum()
        && zeroPoint <= type.maximum();
  }
}
