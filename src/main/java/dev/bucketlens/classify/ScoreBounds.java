package dev.bucketlens.classify;

import dev.bucketlens.classify.ScoreGraph.Operator;
import dev.bucketlens.flatbuffer.FlatBuffer.Table;
import dev.bucketlens.flatbuffer.MalformedException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Between which numbers the scores of a model must lie, whatever the photo: {@code 1 - sigmoid(x)},
 * a hard sigmoid, a mean of two sigmoids and the like cannot leave 0 to 1. What an operator gives
 * follows from what it gets, back to where that can be anything.
 */
final class ScoreBounds {

  private static final Interval PROBABILITIES = new Interval(0, 1);

  /** By how much 8 bits may round what ends at 0 or 1. */
  private static final double ROUNDING = 1e-2;

  /** What computes scores behind the last layer is shorter; a graph made to mislead is not. */
  private static final int MAX_DEPTH = 50;

  private final ScoreGraph graph;
  private final Map<Integer, Interval> known = new HashMap<>();

  private ScoreBounds(ScoreGraph graph) {
    this.graph = graph;
  }

  /** Returns whether the graph bounds its scores to 0 to 1. */
  static boolean areProbabilities(ScoreGraph graph) throws MalformedException {
    Interval scores = new ScoreBounds(graph).of(graph.scores(), 0);
    return scores.low() >= PROBABILITIES.low() - ROUNDING
        && scores.high() <= PROBABILITIES.high() + ROUNDING;
  }

  private Interval of(int tensor, int depth) throws MalformedException {
    Interval found = known.get(tensor);
    if (found == null) {
      found = find(tensor, depth);
      known.put(tensor, found);
    }
    return found;
  }

  private Interval find(int tensor, int depth) throws MalformedException {
    Optional<Operator> operator = graph.producer(tensor);
    if (operator.isEmpty()) {
      return graph.constant(tensor).orElse(Interval.ALL);
    }
    return depth > MAX_DEPTH ? Interval.ALL : given(operator.get(), depth + 1);
  }

  private Interval given(Operator operator, int depth) throws MalformedException {
    return switch (operator.kind()) {
      case LOGISTIC, SOFTMAX -> PROBABILITIES;
      case TANH -> new Interval(-1, 1);
      case LOG_SOFTMAX -> new Interval(Double.NEGATIVE_INFINITY, 0);
      case EXP -> exponential(input(operator, 0, depth));
      case NEG -> new Interval(0, 0).minus(input(operator, 0, depth));
      case RELU -> activated(input(operator, 0, depth), 1);
      case RELU_N1_TO_1 -> activated(input(operator, 0, depth), 2);
      case RELU6 -> activated(input(operator, 0, depth), 3);
      case RELU_0_TO_1 -> input(operator, 0, depth).within(PROBABILITIES);
      case MAXIMUM -> input(operator, 0, depth).max(input(operator, 1, depth));
      case MINIMUM -> input(operator, 0, depth).min(input(operator, 1, depth));
      case SPLIT -> input(operator, 1, depth); // The first input is the axis.
      case DEQUANTIZE, QUANTIZE, CAST, RESHAPE, SQUEEZE, EXPAND_DIMS, TRANSPOSE ->
          input(operator, 0, depth);
      case GATHER, SLICE, STRIDED_SLICE, SPLIT_V, UNPACK, MEAN, REDUCE_MAX ->
          input(operator, 0, depth);
      case PACK -> all(operator, depth);
      default -> fused(operator, depth);
    };
  }

  /** Of operators that may end in another, the activation. */
  private Interval fused(Operator operator, int depth) throws MalformedException {
    return switch (operator.kind()) {
      case ADD -> fused(operator, 0, input(operator, 0, depth).plus(input(operator, 1, depth)));
      case SUB -> fused(operator, 0, input(operator, 0, depth).minus(input(operator, 1, depth)));
      case MUL -> fused(operator, 0, input(operator, 0, depth).times(input(operator, 1, depth)));
      case DIV -> fused(operator, 0, input(operator, 0, depth).over(input(operator, 1, depth)));
      case AVERAGE_POOL_2D, MAX_POOL_2D -> fused(operator, 5, input(operator, 0, depth));
      case CONCATENATION -> fused(operator, 1, all(operator, depth));
      case CONV_2D -> fused(operator, 3, Interval.ALL);
      case DEPTHWISE_CONV_2D -> fused(operator, 4, Interval.ALL);
      case FULLY_CONNECTED -> fused(operator, 0, Interval.ALL);
      default -> Interval.ALL;
    };
  }

  /**
   * @param field of the operator's options that names its activation
   */
  private static Interval fused(Operator operator, int field, Interval sum)
      throws MalformedException {
    Optional<Table> options = operator.options();
    return activated(sum, options.isPresent() ? options.get().int8(field) : 0);
  }

  /** By the codes of {@code ActivationFunctionType}. */
  private static Interval activated(Interval sum, int function) {
    return switch (function) {
      case 0 -> sum;
      case 1 -> sum.within(new Interval(0, Double.POSITIVE_INFINITY));
      case 2 -> sum.within(new Interval(-1, 1));
      case 3 -> sum.within(new Interval(0, 6));
      case 4 -> new Interval(-1, 1); // Tanh
      default -> Interval.ALL;
    };
  }

  private static Interval exponential(Interval powers) {
    return new Interval(Math.exp(powers.low()), Math.exp(powers.high()));
  }

  private Interval all(Operator operator, int depth) throws MalformedException {
    Interval all = input(operator, 0, depth);
    for (int i = 1; i < operator.inputs().size(); i++) {
      all = all.and(input(operator, i, depth));
    }
    return all;
  }

  private Interval input(Operator operator, int index, int depth) throws MalformedException {
    return index < operator.inputs().size()
        ? of(operator.inputs().get(index), depth)
        : Interval.ALL;
  }
}
