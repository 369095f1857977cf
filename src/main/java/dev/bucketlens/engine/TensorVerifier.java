package dev.bucketlens.engine;

import dev.bucketlens.flatbuffer.MalformedException;
import dev.bucketlens.flatbuffer.Node;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Verifies what a model says of one tensor: type, shape, size of a constant, quantisation. */
final class TensorVerifier {

  /** The bits of an element by type code; 0 for types whose elements have no size of their own. */
  private static final int[] BITS = {
    32, 16, 32, 8, 64, 0, 8, 16, 64, 8, 64, 128, 64, 0, 0, 32, 16, 4, 16, 2, 4, 8, 8
  };

  /**
   * How far tensors of a model go: LiteRT counts their bytes in 64 bits, XNNPACK's kernels do not.
   */
  private static final long MAX_BYTES = Integer.MAX_VALUE;

  private static final int UINT8 = 3;
  private static final int INT16 = 7;
  private static final int INT8 = 9;

  private final String path;
  private final Node tensor;
  private final int tensors;

  /**
   * @param path of the tensor in the model
   * @param tensors how many there are in its subgraph
   */
  TensorVerifier(String path, Node tensor, int tensors) {
    this.path = path;
    this.tensor = tensor;
    this.tensors = tensors;
  }

  /**
   * Verifies the tensor.
   *
   * @param content the size of its constant content, if it has any
   */
  void verify(OptionalLong content) throws MalformedException {
    int type = tensor.int8("type");
    if (type < 0 || type >= BITS.length) {
      throw fault("type", "the code %d; expected one up to %d".formatted(type, BITS.length - 1));
    }
    if (tensor.child("sparsity").isPresent()) {
      throw fault("sparsity", "sparse weights; convert the model without them");
    }
    if (content.isPresent() && isVariable()) {
      throw fault("is_variable", "a variable with constant content");
    }
    long bytes = bytes(BITS[type]);
    if (content.isPresent() && BITS[type] > 0 && content.getAsLong() != bytes) {
      throw fault(
          "buffer",
          "%d bytes; expected %d for the shape %s"
              .formatted(content.getAsLong(), bytes, tensor.ints("shape")));
    }
    signature();
    Optional<Node> quantization = tensor.child("quantization");
    if (quantization.isPresent()) {
      quantization(quantization.get());
    }
  }

  boolean isVariable() throws MalformedException {
    return tensor.int8("is_variable") != 0;
  }

  /** Returns whether it has no elements, so that nothing has to be written to it. */
  boolean isEmpty() throws MalformedException {
    return tensor.ints("shape").contains(0);
  }

  private long bytes(int bits) throws MalformedException {
    long elements = 1;
    for (int length : tensor.ints("shape")) {
      if (length < 0) {
        throw fault("shape", "%s; expected lengths from 0 on".formatted(tensor.ints("shape")));
      }
      elements *= length;
      if (elements * Math.max(bits, Byte.SIZE) / Byte.SIZE > MAX_BYTES) {
        throw fault("shape", "%s; expected less than 2 GiB".formatted(tensor.ints("shape")));
      }
    }
    return (elements * bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  /** The shape again, with -1 for each length that is open. */
  private void signature() throws MalformedException {
    List<Integer> shape = tensor.ints("shape");
    List<Integer> open = tensor.ints("shape_signature");
    boolean fits = open.isEmpty() || open.size() == shape.size();
    for (int i = 0; fits && i < open.size(); i++) {
      fits = open.get(i) == -1 || open.get(i).equals(shape.get(i));
    }
    if (!fits) {
      throw fault("shape_signature", "%s for the shape %s".formatted(open, shape));
    }
  }

  private void quantization(Node quantization) throws MalformedException {
    List<Float> scales = quantization.floats("scale");
    int zeroPoints = quantization.longs("zero_point").size();
    if (zeroPoints > 1 && zeroPoints != scales.size()) {
      throw fault(
          "quantization", "%d scales and %d zero points".formatted(scales.size(), zeroPoints));
    }
    for (float scale : scales) {
      // A subnormal number is no scale: its inverse is infinite.
      if (!Float.isFinite(scale) || scale < 0 || (scale > 0 && scale < Float.MIN_NORMAL)) {
        throw fault("quantization.scale", scale + "; expected 0 or a usual number above it");
      }
    }
    zeroPoints(quantization.longs("zero_point"));
    dimension(quantization.int32("quantized_dimension"), scales.size());
    Optional<Node> details = quantization.member("details");
    if (details.isPresent() && details.get().fields().contains("scales")) {
      for (String field : List.of("scales", "zero_points")) {
        int index = details.get().int32(field);
        if (index != -1) {
          References.require(path + ".quantization.details." + field, index, "tensor", tensors);
        }
      }
    }
  }

  private void zeroPoints(List<Long> zeroPoints) throws MalformedException {
    long steps =
        switch (tensor.int8("type")) {
          case UINT8, INT8 -> 1L << Byte.SIZE;
          case INT16 -> 1L << Short.SIZE;
          default -> 1L << Integer.SIZE;
        };
    long least = tensor.int8("type") == UINT8 ? 0 : -steps / 2;
    for (long zeroPoint : zeroPoints) {
      if (zeroPoint < least || zeroPoint >= least + steps) {
        throw fault(
            "quantization.zero_point",
            "%d; expected one from %d to %d".formatted(zeroPoint, least, least + steps - 1));
      }
    }
  }

  /** One scale is for the whole tensor; more of them are one for each step of a dimension. */
  private void dimension(int dimension, int scales) throws MalformedException {
    List<Integer> shape = tensor.ints("shape");
    boolean inside = dimension >= 0 && dimension < Math.max(shape.size(), 1);
    if (!inside || (scales > 1 && (shape.isEmpty() || shape.get(dimension) != scales))) {
      throw fault(
          "quantization.quantized_dimension",
          "%d, with %d scales for the shape %s".formatted(dimension, scales, shape));
    }
  }

  private MalformedException fault(String field, String found) {
    return new MalformedException("%s.%s: %s".formatted(path, field, found));
  }
}
