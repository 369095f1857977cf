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

  /** By the codes of {@code BuiltinOperator}. */
  private Interval given(Operator operator, int depth) throws MalformedException {
    return switch (operator.code()) {
      case 14, 25 -> PROBABILITIES; // Logistic, Softmax
      case 28 -> new Interval(-1, 1); // Tanh
      case 50 -> new Interval(Double.NEGATIVE_INFINITY, 0); // LogSoftmax
      case 47 -> exponential(input(operator, 0, depth));
      case 59 -> new Interval(0, 0).minus(input(operator, 0, depth)); // Neg
      case 19 -> activated(input(operator, 0, depth), 1); // Relu
      case 20 -> activated(input(operator, 0, depth), 2); // ReluN1To1
      case 21 -> activated(input(operator, 0, depth), 3); // Relu6
      case 152 -> input(operator, 0, depth).within(PROBABILITIES); // Relu0To1
      case 55 -> input(operator, 0, depth).max(input(operator, 1, depth));
      case 57 -> input(operator, 0, depth).min(input(operator, 1, depth));
      case 49 -> input(operator, 1, depth); // Split, whose first input is the axis
      // Dequantize, Reshape, Transpose, Mean, Squeeze, StridedSlice, Cast, Slice, ExpandDims,
      // Gather, ReduceMax, Unpack, SplitV, Quantize
      case 6, 22, 39, 40, 43, 45, 53, 65, 70, 36, 82, 88, 102, 114 -> input(operator, 0, depth);
      default -> fused(operator, depth);
    };
  }

  /** Of operators that may end in another, the activation. */
  private Interval fused(Operator operator, int depth) throws MalformedException {
    return switch (operator.code()) {
      case 0 -> fused(operator, 0, input(operator, 0, depth).plus(input(operator, 1, depth)));
      case 41 -> fused(operator, 0, input(operator, 0, depth).minus(input(operator, 1, depth)));
      case 18 -> fused(operator, 0, input(operator, 0, depth).times(input(operator, 1, depth)));
      case 42 -> fused(operator, 0, input(operator, 0, depth).over(input(operator, 1, depth)));
      case 1, 17 -> fused(operator, 5, input(operator, 0, depth)); // pooling
      case 2 -> fused(operator, 1, all(operator, depth)); // Concatenation
      case 83 -> all(operator, depth); // Pack
      case 3 -> fused(operator, 3, Interval.ALL); // Conv2D
      case 4 -> fused(operator, 4, Interval.ALL); // DepthwiseConv2D
      case 9 -> fused(operator, 0, Interval.ALL); // FullyConnected
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
