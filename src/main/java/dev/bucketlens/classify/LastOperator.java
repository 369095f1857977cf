package dev.bucketlens.classify;

import dev.bucketlens.classify.ScoreGraph.Operator;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.TensorSpec;
import dev.bucketlens.flatbuffer.MalformedException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What computes the scores of a model at last, apart from what only shapes, picks, joins, bounds,
 * averages or dequantises them: it tells whether the softmax or the logistic function is in the
 * graph already.
 */
enum LastOperator {
  SOFTMAX,
  LOGISTIC,

  /** Any other whose results cannot leave 0 to 1, such as that of {@code 1 - sigmoid(x)}. */
  BOUNDED,

  OTHER;

  /** What makes no other number of a probability. */
  private static final Set<BuiltinOperator> PASSING =
      EnumSet.of(
          // The same numbers, in another form or order.
          BuiltinOperator.DEQUANTIZE,
          BuiltinOperator.QUANTIZE,
          BuiltinOperator.CAST,
          BuiltinOperator.RESHAPE,
          BuiltinOperator.SQUEEZE,
          BuiltinOperator.EXPAND_DIMS,
          BuiltinOperator.TRANSPOSE,
          // Some of them, or more.
          BuiltinOperator.GATHER,
          BuiltinOperator.SLICE,
          BuiltinOperator.STRIDED_SLICE,
          BuiltinOperator.SPLIT,
          BuiltinOperator.SPLIT_V,
          BuiltinOperator.UNPACK,
          BuiltinOperator.PACK,
          BuiltinOperator.CONCATENATION,
          // Bounds and means.
          BuiltinOperator.RELU,
          BuiltinOperator.RELU6,
          BuiltinOperator.RELU_0_TO_1,
          BuiltinOperator.MAXIMUM,
          BuiltinOperator.MINIMUM,
          BuiltinOperator.AVERAGE_POOL_2D,
          BuiltinOperator.MAX_POOL_2D,
          BuiltinOperator.MEAN,
          BuiltinOperator.REDUCE_MAX);

  /**
   * Reads it from a model that LiteRT has opened.
   *
   * @param output the output with the scores, named as its signature has it
   * @param index of the output, for a model without signatures
   */
  static LastOperator of(ModelFile model, TensorSpec output, int index) throws ModelLoadException {
    try {
      ScoreGraph graph = ScoreGraph.of(model, output, index);
      LastOperator last = last(graph);
      return last == OTHER && ScoreBounds.areProbabilities(graph) ? BOUNDED : last;
    } catch (MalformedException e) {
      throw new ModelLoadException(
          model.path(), "its graph is damaged: %s.".formatted(e.getMessage()), e);
    }
  }

  /**
   * Follows the graph back from its scores. Of several inputs the first that is computed leads on;
   * others are axes, sizes and bounds, or come from the same.
   */
  private static LastOperator last(ScoreGraph graph) throws MalformedException {
    Set<Integer> passed = new HashSet<>();
    Optional<Integer> tensor = Optional.of(graph.scores());
    while (tensor.isPresent() && passed.add(tensor.get())) {
      Optional<Operator> operator = graph.producer(tensor.get());
      if (operator.isEmpty() || !PASSING.contains(operator.get().kind())) {
        return operator.map(it -> of(it.kind())).orElse(OTHER);
      }
      tensor = operator.get().inputs().stream().filter(graph::isComputed).findFirst();
    }
    return OTHER;
  }

  private static LastOperator of(BuiltinOperator operator) {
    return switch (operator) {
      case SOFTMAX -> SOFTMAX;
      case LOGISTIC -> LOGISTIC;
      default -> OTHER;
    };
  }
}
