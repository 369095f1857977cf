package dev.bucketlens.engine;

import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.CType.VOID;
import static dev.bucketlens.nativelib.Signature.returns;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The functions on {@code LiteRtTensorBuffer}: the memory that a compiled model reads or writes.
 */
final class BufferFunctions {

  private final LiteRtFunction create;
  private final NativeFunction destroy;
  private final LiteRtFunction memory;
  private final LiteRtFunction packedSize;

  BufferFunctions(LoadedLibrary library) {
    create =
        new LiteRtFunction(
            library,
            "LiteRtCreateManagedTensorBufferFromRequirements",
            POINTER,
            POINTER,
            POINTER,
            POINTER);
    destroy = library.function("LiteRtDestroyTensorBuffer", returns(VOID).takes(POINTER));
    memory = new LiteRtFunction(library, "LiteRtGetTensorBufferHostMemory", POINTER, POINTER);
    packedSize = new LiteRtFunction(library, "LiteRtGetTensorBufferPackedSize", POINTER, POINTER);
  }

  /**
   * Makes the buffer of a tensor.
   *
   * @param requirements the compiled model's
   * @param tensor with every dimension known
   * @return the buffer, destroyed when {@code owner} closes
   */
  MemorySegment create(
      MemorySegment environment, MemorySegment requirements, TensorSpec tensor, Arena owner) {
    try (Arena arena = Arena.ofConfined()) {
      RankedTensorType type = RankedTensorType.of(tensor, arena);
      MemorySegment made = create.pointer(environment, type.segment(), requirements);
      return Handle.own(made, owner, destroy);
    }
  }

  /**
   * Returns the buffer's memory, which lives as long as {@code owner}. No lock is needed: that is
   * for buffers of other processors, which are none here.
   */
  @SuppressWarnings("restricted")
  MemorySegment memory(MemorySegment buffer, Arena owner) {
    return memory.pointer(buffer).reinterpret(packedSize.number(buffer), owner, null);
  }
}
