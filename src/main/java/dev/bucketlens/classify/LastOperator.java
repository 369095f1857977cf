package dev.bucketlens.classify;

import dev.bucketlens.classify.ScoreGraph.Operator;
import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.engine.TensorSpec;
import dev.bucketlens.flatbuffer.MalformedException;
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
      if (operator.isEmpty() || !PASSING.contains(operator.get().code())) {
        return operator.map(it -> ofCode(it.code())).orElse(OTHER);
      }
      tensor = operator.get().inputs().stream().filter(graph::isComputed).findFirst();
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
