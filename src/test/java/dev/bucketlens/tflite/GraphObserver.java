package dev.bucketlens.tflite;

import static dev.bucketlens.nativelib.NativeFunction.word;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.bucketlens.nativelib.LoadedLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * A delegate that takes nothing. Added behind XNNPACK, it is shown the execution plan that XNNPACK
 * left, and so can tell which operators still run on the slow kernels.
 */
@SuppressWarnings("restricted")
final class GraphObserver implements AutoCloseable {

  /** Stands in {@link #operators()} for a part of the graph that XNNPACK took. */
  static final String XNNPACK = "TfLiteXNNPackDelegate";

  /** Stands there for an operator of that code in {@code builtin_ops.h}. */
  static final String SOFTMAX = "builtin 25";

  static final String QUANTIZE = "builtin 114";

  /** Of {@code TfLiteDelegateFlags}: do not make the graph immutable. */
  private static final long ALLOW_DYNAMIC_TENSORS = 1;

  private static final int BUILDER_BYTES = 48;
  private static final int PREPARE_OFFSET = 8;
  private static final int FLAGS_OFFSET = 40;

  private final Arena arena = Arena.ofShared();
  private final LoadedLibrary library;
  private final MemorySegment delegate;
  private final List<String> operators = new ArrayList<>();

  GraphObserver(TfLite library) {
    this.library = library.library();
    MemorySegment builder = arena.allocate(BUILDER_BYTES, Long.BYTES);
    try {
      builder.set(ADDRESS, PREPARE_OFFSET, callback());
      builder.set(JAVA_LONG, FLAGS_OFFSET, ALLOW_DYNAMIC_TENSORS);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("GraphObserver lacks its own callback", e);
    }
    delegate = this.library.function("TfLiteOpaqueDelegateCreate").pointer(builder);
  }

  MemorySegment delegate() {
    return delegate;
  }

  /** Returns the names of what the interpreter runs, in its order. */
  List<String> operators() {
    return List.copyOf(operators);
  }

  @Override
  public void close() {
    library.function("TfLiteOpaqueDelegateDelete").run(delegate);
    arena.close();
  }

  private MemorySegment callback() throws ReflectiveOperationException {
    MethodType type =
        MethodType.methodType(
            int.class, MemorySegment.class, MemorySegment.class, MemorySegment.class);
    return Linker.nativeLinker()
        .upcallStub(
            MethodHandles.lookup().bind(this, "prepare", type),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS),
            arena);
  }

  @SuppressWarnings("unused") // called by the library
  private int prepare(MemorySegment context, MemorySegment self, MemorySegment data) {
    try (Arena scratch = Arena.ofConfined()) {
      operators.clear();
      MemorySegment result = scratch.allocate(ADDRESS);
      int status = library.function("TfLiteOpaqueContextGetExecutionPlan").integer(context, result);
      MemorySegment plan = result.get(ADDRESS, 0).reinterpret(Integer.MAX_VALUE);
      for (int i = 1; i <= plan.getAtIndex(JAVA_INT, 0); i++) {
        operators.add(operator(context, plan.getAtIndex(JAVA_INT, i), scratch));
      }
      return status;
    } catch (Throwable e) {
      operators.add("failed: " + e);
      return 1;
    }
  }

  private String operator(MemorySegment context, int node, Arena scratch) {
    MemorySegment nodeResult = scratch.allocate(ADDRESS);
    MemorySegment operatorResult = scratch.allocate(ADDRESS);
    int status =
        library
            .function("TfLiteOpaqueContextGetNodeAndRegistration")
            .integer(context, word(node), nodeResult, operatorResult);
    Status.check(status, "look at node " + node, new ErrorLog(scratch));
    MemorySegment operator = operatorResult.get(ADDRESS, 0);
    MemorySegment name = library.function("TfLiteOperatorGetCustomName").pointer(operator);
    int code = library.function("TfLiteOperatorGetBuiltInCode").integer(operator);
    return name.address() == 0 ? "builtin " + code : name.reinterpret(Long.MAX_VALUE).getString(0);
  }
}
