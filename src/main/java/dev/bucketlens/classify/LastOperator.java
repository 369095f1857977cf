package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.TensorSpec;
import dev.bucketlens.flatbuffer.FlatBuffer;
import dev.bucketlens.flatbuffer.FlatBuffer.Table;
import dev.bucketlens.flatbuffer.MalformedException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What computes the scores of a model at last, apart from what only shapes, picks, joins, bounds,
 * averages or dequantises them: it tells whether the softmax or the logistic function is in the
 * graph already.
 */
enum LastOperator {
  SOFTMAX,
  LOGISTIC,
  OTHER;

  private static final int LOGISTIC_CODE = 14;
  private static final int SOFTMAX_CODE = 25;

  /**
   * What makes no other number of a probability: Dequantize, Reshape, Transpose, Squeeze, Cast,
   * ExpandDims, Quantize; Gather, StridedSlice, Split, Slice, Unpack, SplitV; Concatenation, Pack;
   * Relu, Relu6, Maximum, Minimum, Relu0To1; AveragePool2D, MaxPool2D, Mean, ReduceMax.
   */
  private static final Set<Integer> PASSING =
      Set.of(
          6, 22, 39, 43, 53, 70, 114, 36, 45, 49, 65, 88, 102, 2, 83, 19, 21, 55, 57, 152, 1, 17,
          40, 82);

  private static final int NO_TENSOR = -1;
  private static final int CODES = 1;
  private static final int SUBGRAPHS = 2;
  private static final int SIGNATURES = 7;
  private static final int SIGNATURE_OUTPUTS = 1;
  private static final int SIGNATURE_SUBGRAPH = 4;
  private static final int MAP_NAME = 0;
  private static final int MAP_TENSOR = 1;
  private static final int GRAPH_OUTPUTS = 2;
  private static final int GRAPH_OPERATORS = 3;
  private static final int OLD_CODE = 0;
  private static final int CODE = 3;
  private static final int OPERATOR_CODE = 0;
  private static final int OPERATOR_INPUTS = 1;
  private static final int OPERATOR_OUTPUTS = 2;

  /**
   * Reads it from a model that LiteRT has opened.
   *
   * @param model the file
   * @param output the output, named as its signature has it
   * @param index of the output, for a model without signatures
   */
  static LastOperator of(ModelFile model, TensorSpec output, int index) throws ModelLoadException {
    try {
      return of(new FlatBuffer(model.bytes()).root(), output, index);
    } catch (MalformedException e) {
      throw new ModelLoadException(
          model.path(), "its graph is damaged: %s.".formatted(e.getMessage()), e);
    }
  }

  private static LastOperator of(Table model, TensorSpec output, int index)
      throws MalformedException {
    Optional<Table> signature = model.tables(SIGNATURES).stream().findFirst();
    int subgraph = signature.isPresent() ? signature.get().int32(SIGNATURE_SUBGRAPH) : 0;
    Table graph = model.tables(SUBGRAPHS).get(subgraph);
    OptionalInt named =
        signature.isPresent() ? named(signature.get(), output.name()) : OptionalInt.empty();
    int tensor = named.isPresent() ? named.getAsInt() : graph.ints(GRAPH_OUTPUTS).get(index);
    return before(tensor, graph.tables(GRAPH_OPERATORS), model.tables(CODES));
  }

  private static OptionalInt named(Table signature, String name) throws MalformedException {
    for (Table output : signature.tables(SIGNATURE_OUTPUTS)) {
      if (output.string(MAP_NAME).filter(name::equals).isPresent()) {
        return OptionalInt.of(output.int32(MAP_TENSOR));
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Operators stand in the order in which they run. Of several inputs the first that is computed
   * leads on; others are axes, sizes and bounds, or come from the same.
   */
  private static LastOperator before(int tensor, List<Table> operators, List<Table> codes)
      throws MalformedException {
    Set<Integer> computed = new HashSet<>();
    for (Table operator : operators) {
      computed.addAll(operator.ints(OPERATOR_OUTPUTS));
    }
    int wanted = tensor;
    for (Table operator : operators.reversed()) {
      if (operator.ints(OPERATOR_OUTPUTS).contains(wanted)) {
        Table code = codes.get(operator.int32(OPERATOR_CODE));
        int found = Math.max(code.int8(OLD_CODE), code.int32(CODE));
        if (!PASSING.contains(found)) {
          return ofCode(found);
        }
        wanted =
            operator.ints(OPERATOR_INPUTS).stream()
                .filter(computed::contains)
                .findFirst()
                .orElse(NO_TENSOR);
      }
    }
    return OTHER;
  }

  private static LastOperator ofCode(int code) {
    return switch (code) {
      case SOFTMAX_CODE -> SOFTMAX;
      case LOGISTIC_CODE -> LOGISTIC;
      default -> OTHER;
    };
  }
}
