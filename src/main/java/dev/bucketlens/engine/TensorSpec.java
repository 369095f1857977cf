package dev.bucketlens.engine;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model says of one of its inputs or outputs.
 *
 * @param name as the signature has it; for people only
 * @param type element type
 * @param shape the length of each dimension; -1 for one that is chosen when an interpreter is made
 * @param quantization meaningful if {@code type} is quantised
 */
public record TensorSpec(
    String name, TensorType type, List<Integer> shape, Quantization quantization) {

  public TensorSpec {
    shape = List.copyOf(shape);
  }

  /** Returns how many dimensions the tensor has. */
  public int rank() {
    return shape.size();
  }

  /** Returns whether a dimension is left open. */
  public boolean isDynamic() {
    return shape.contains(-1);
  }

  /** Returns whether {@code chosen} keeps every dimension that is not left open. */
  public boolean allows(List<Integer> chosen) {
    return chosen.size() == rank()
        && IntStream.range(0, rank())
            .allMatch(i -> shape.get(i) == -1 || shape.get(i).equals(chosen.get(i)));
  }

  /** Returns the same tensor with every dimension known. */
  TensorSpec at(List<Integer> chosen) {
    return new TensorSpec(name, type, chosen, quantization);
  }

  /**
   * Returns the number of elements; of a dynamic tensor, that of one element in each open length.
   */
  public long elements() {
    return shape.stream().mapToLong(Math::abs).reduce(1, Math::multiplyExact);
  }

  /** Returns type and shape for a message, such as {@code FLOAT32 [1, 224, 224, 3]}. */
  @Override
  public String toString() {
    return type + " " + shape;
  }
}
