package dev.bucketlens.engine;

import dev.bucketlens.flatbuffer.MalformedException;
import dev.bucketlens.flatbuffer.Node;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Verifies one subgraph: its tensors, and its operators in the order in which they run. */
final class GraphVerifier {

  /** In the place of a tensor: an input that an operator can do without. */
  private static final int NONE = -1;

  private final String path;
  private final Node graph;
  private final List<OptionalInt> operatorCodes;
  private final int graphs;
  private final BitSet constant = new BitSet();
  private final BitSet written = new BitSet();
  private final Set<Integer> calls = new TreeSet<>();
  private int tensors;

  /**
   * @param path of the subgraph in the model
   * @param operatorCodes what operators name by number; empty for a custom one
   * @param graphs how many subgraphs there are
   */
  GraphVerifier(String path, Node graph, List<OptionalInt> operatorCodes, int graphs) {
    this.path = path;
    this.graph = graph;
    this.operatorCodes = operatorCodes;
    this.graphs = graphs;
  }

  /**
   * Verifies the subgraph.
   *
   * @param buffers the size of each buffer that has content
   */
  Graph verify(List<OptionalLong> buffers) throws MalformedException {
    tensors(buffers);
    List<Integer> inputs = graph.ints("inputs");
    List<Integer> outputs = graph.ints("outputs");
    write(path + ".inputs", inputs);
    List<Node> operators = graph.children("operators");
    for (int i = 0; i < operators.size(); i++) {
      operator("%s.operators[%d]".formatted(path, i), operators.get(i));
    }
    for (int i = 0; i < outputs.size(); i++) {
      read("%s.outputs[%d]".formatted(path, i), outputs.get(i));
    }
    return new Graph(inputs, outputs, Set.copyOf(calls));
  }

  private void tensors(List<OptionalLong> buffers) throws MalformedException {
    List<Node> nodes = graph.children("tensors");
    tensors = nodes.size();
    for (int i = 0; i < tensors; i++) {
      Node node = nodes.get(i);
      String tensorPath = "%s.tensors[%d]".formatted(path, i);
      References.require(tensorPath + ".buffer", node.uint32("buffer"), "buffer", buffers.size());
      OptionalLong content = buffers.get(node.int32("buffer"));
      TensorVerifier tensor = new TensorVerifier(tensorPath, node, nodes.size());
      tensor.verify(content);
      constant.set(i, content.isPresent());
      written.set(i, content.isPresent() || tensor.isVariable() || tensor.isEmpty());
    }
  }

  private void operator(String operatorPath, Node operator) throws MalformedException {
    long number = operator.uint32("opcode_index");
    References.require(
        operatorPath + ".opcode_index", number, "operator code", operatorCodes.size());
    OptionalInt code = operatorCodes.get((int) number);
    List<Integer> inputs = operator.ints("inputs");
    List<Integer> outputs = operator.ints("outputs");
    if (code.isPresent()) {
      enough(operatorPath + ".inputs", inputs.size(), Operators.inputs(code.getAsInt()));
      enough(operatorPath + ".outputs", outputs.size(), Operators.outputs(code.getAsInt()));
    }
    int optionalFrom = code.isPresent() ? Operators.optionalFrom(code.getAsInt()) : 0;
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i) != NONE || i < optionalFrom) {
        read("%s.inputs[%d]".formatted(operatorPath, i), inputs.get(i));
      }
    }
    write(operatorPath + ".intermediates", operator.ints("intermediates"));
    write(operatorPath + ".outputs", outputs);
    options(operatorPath, operator, code);
  }

  private void options(String operatorPath, Node operator, OptionalInt code)
      throws MalformedException {
    List<Node> options = new ArrayList<>();
    operator.member("builtin_options").ifPresent(options::add);
    operator.member("builtin_options2").ifPresent(options::add);
    Optional<String> calling = Operators.calling(code);
    if (calling.isPresent() && options.stream().noneMatch(o -> o.type().equals(calling.get()))) {
      throw new MalformedException("%s: without %s".formatted(operatorPath, calling.get()));
    }
    for (Node option : options) {
      calls(operatorPath, option);
    }
  }

  private void calls(String operatorPath, Node options) throws MalformedException {
    for (String field : options.fields()) {
      if (field.contains("subgraph")) {
        List<Integer> called =
            options.isList(field) ? options.ints(field) : List.of(options.int32(field));
        for (int index : called) {
          References.require(operatorPath + "." + field, index, "subgraph", graphs);
          calls.add(index);
        }
      }
    }
  }

  private static void enough(String listPath, int count, int least) throws MalformedException {
    if (count < least) {
      throw new MalformedException(
          "%s: %d; expected at least %d".formatted(listPath, count, least));
    }
  }

  private void read(String tensorPath, int index) throws MalformedException {
    References.require(tensorPath, index, "tensor", tensors);
    if (!written.get(index)) {
      throw new MalformedException(
          "%s: tensor %d is read before anything writes it".formatted(tensorPath, index));
    }
  }

  private void write(String listPath, List<Integer> indices) throws MalformedException {
    for (int i = 0; i < indices.size(); i++) {
      String tensorPath = "%s[%d]".formatted(listPath, i);
      int index = indices.get(i);
      References.require(tensorPath, index, "tensor", tensors);
      if (constant.get(index)) {
        throw new MalformedException(
            "%s: tensor %d is written, but is a constant".formatted(tensorPath, index));
      }
      written.set(index);
    }
  }
}
