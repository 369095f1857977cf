package dev.bucketlens.engine;

import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;

import dev.bucketlens.nativelib.LoadedLibrary;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The functions on {@code LiteRtOp}, by which a model tells what it computes with. */
final class OperatorFunctions {

  /** {@code kLiteRtOpCodeTflCustom}: an operator that goes by a name. */
  private static final int CUSTOM = 32;

  private final LiteRtFunction graphCount;
  private final LiteRtFunction graph;
  private final LiteRtFunction operatorCount;
  private final LiteRtFunction operator;
  private final LiteRtFunction code;
  private final LiteRtFunction customName;

  OperatorFunctions(LoadedLibrary library) {
    graphCount = new LiteRtFunction(library, "LiteRtGetNumModelSubgraphs", POINTER, POINTER);
    graph = new LiteRtFunction(library, "LiteRtGetModelSubgraph", POINTER, LONG, POINTER);
    operatorCount = new LiteRtFunction(library, "LiteRtGetNumSubgraphOps", POINTER, POINTER);
    operator = new LiteRtFunction(library, "LiteRtGetSubgraphOp", POINTER, LONG, POINTER);
    code = new LiteRtFunction(library, "LiteRtGetOpCode", POINTER, POINTER);
    customName = new LiteRtFunction(library, "LiteRtGetCustomCode", POINTER, POINTER);
  }

  /** Returns the names of the operators that are not of TensorFlow Lite's own set, each once. */
  List<String> custom(MemorySegment model) {
    return LongStream.range(0, graphCount.number(model))
        .mapToObj(index -> graph.pointer(model, index))
        .flatMap(this::operators)
        .filter(found -> (int) code.number(found) == CUSTOM)
        .map(customName::text)
        .distinct()
        .toList();
  }

  private Stream<MemorySegment> operators(MemorySegment graph) {
    return LongStream.range(0, operatorCount.number(graph))
        .mapToObj(index -> operator.pointer(graph, index));
  }
}
