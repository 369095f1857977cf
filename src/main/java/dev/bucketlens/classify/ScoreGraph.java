package dev.bucketlens.classify;

import dev.bucketlens.engine.TensorSpec;
import dev.bucketlens.flatbuffer.FlatBuffer;
import dev.bucketlens.flatbuffer.FlatBuffer.Table;
import dev.bucketlens.flatbuffer.MalformedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The graph of a model that LiteRT has opened, as far as it tells of the scores: which operator
 * computes a tensor, and what constants are. The numbers are the positions of fields in {@code
 * schema.fbs}.
 */
final class ScoreGraph {

  private static final int CODES = 1;
  private static final int SUBGRAPHS = 2;
  private static final int BUFFERS = 4;
  private static final int SIGNATURES = 7;
  private static final int SIGNATURE_OUTPUTS = 1;
  private static final int SIGNATURE_SUBGRAPH = 4;
  private static final int MAP_NAME = 0;
  private static final int MAP_TENSOR = 1;
  private static final int GRAPH_TENSORS = 0;
  private static final int GRAPH_OUTPUTS = 2;
  private static final int GRAPH_OPERATORS = 3;
  private static final int OLD_CODE = 0;
  private static final int CODE = 3;
  private static final int OPERATOR_CODE = 0;
  private static final int OPERATOR_INPUTS = 1;
  private static final int OPERATOR_OUTPUTS = 2;
  private static final int OPERATOR_OPTIONS = 4;
  private static final int TENSOR_BUFFER = 2;
  private static final int BUFFER_DATA = 0;

  /**
   * What computes a tensor.
   *
   * @param kind of the operator
   * @param inputs the tensors that it reads; -1 for one that it does without
   * @param options the table of its settings
   */
  record Operator(BuiltinOperator kind, List<Integer> inputs, Optional<Table> options) {}

  private final Table model;
  private final List<Table> tensors;
  private final int scores;
  private final Map<Integer, Table> producers = new HashMap<>();
  private final List<Table> codes;

  private ScoreGraph(Table model, TensorSpec output, int index) throws MalformedException {
    this.model = model;
    Optional<Table> signature = model.tables(SIGNATURES).stream().findFirst();
    int subgraph = signature.isPresent() ? signature.get().int32(SIGNATURE_SUBGRAPH) : 0;
    Table graph = model.tables(SUBGRAPHS).get(subgraph);
    tensors = graph.tables(GRAPH_TENSORS);
    codes = model.tables(CODES);
    for (Table operator : graph.tables(GRAPH_OPERATORS)) {
      for (int tensor : operator.ints(OPERATOR_OUTPUTS)) {
        producers.put(tensor, operator);
      }
    }
    OptionalInt named =
        signature.isPresent() ? named(signature.get(), output.name()) : OptionalInt.empty();
    scores = named.isPresent() ? named.getAsInt() : graph.ints(GRAPH_OUTPUTS).get(index);
  }

  /**
   * @param output the output with the scores, named as its signature has it
   * @param index of the output, for a model without signatures
   */
  static ScoreGraph of(ModelFile model, TensorSpec output, int index) throws MalformedException {
    return new ScoreGraph(new FlatBuffer(model.bytes()).root(), output, index);
  }

  private static OptionalInt named(Table signature, String name) throws MalformedException {
    for (Table output : signature.tables(SIGNATURE_OUTPUTS)) {
      if (output.string(MAP_NAME).filter(name::equals).isPresent()) {
        return OptionalInt.of(output.int32(MAP_TENSOR));
      }
    }
    return OptionalInt.empty();
  }

  /** Returns the tensor of the scores. */
  int scores() {
    return scores;
  }

  /** Returns what computes a tensor; empty for constants and for the model's input. */
  Optional<Operator> producer(int tensor) throws MalformedException {
    Table operator = producers.get(tensor);
    if (operator == null) {
      return Optional.empty();
    }
    Table code = codes.get(operator.int32(OPERATOR_CODE));
    return Optional.of(
        new Operator(
            BuiltinOperator.of(Math.max(code.int8(OLD_CODE), code.int32(CODE))),
            operator.ints(OPERATOR_INPUTS),
            operator.table(OPERATOR_OPTIONS)));
  }

  /** Returns whether an operator computes that tensor. */
  boolean isComputed(int tensor) {
    return producers.containsKey(tensor);
  }

  /** Returns the numbers of a constant; empty for what is none, or none of real numbers. */
  Optional<Interval> constant(int tensor) throws MalformedException {
    if (tensor < 0 || isComputed(tensor)) {
      return Optional.empty();
    }
    Table described = tensors.get(tensor);
    Table buffer = model.tables(BUFFERS).get(described.int32(TENSOR_BUFFER));
    return ConstantTensor.interval(described, buffer.bytes(BUFFER_DATA));
  }
}
