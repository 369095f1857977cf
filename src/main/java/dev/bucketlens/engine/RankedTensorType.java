package dev.bucketlens.engine;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@code LiteRtRankedTensorType}: the type of the elements and a {@code LiteRtLayout}. Both
 * structures are declared stable.
 *
 * @param segment its memory
 */
record RankedTensorType(MemorySegment segment) {

  /** Of a {@code LiteRtLayout}: the rank, eight dimensions, eight strides. */
  static final int LAYOUT_BYTES = 68;

  private static final int BYTES = 72;
  private static final int LAYOUT = 4;
  private static final int DIMENSIONS = 4;

  /** The lowest bits of the first word; the next one says whether there are strides. */
  private static final int RANK = 0x7F;

  /** Returns one to be filled. */
  static RankedTensorType allocate(Arena arena) {
    return new RankedTensorType(arena.allocate(BYTES, Integer.BYTES));
  }

  /** Returns the type of a tensor whose every dimension is known. */
  static RankedTensorType of(TensorSpec tensor, Arena arena) {
    RankedTensorType made = allocate(arena);
    made.segment.set(JAVA_INT, 0, tensor.type().code());
    made.segment.set(JAVA_INT, LAYOUT, tensor.rank());
    for (int i = 0; i < tensor.rank(); i++) {
      made.segment.set(JAVA_INT, dimension(LAYOUT, i), tensor.shape().get(i));
    }
    return made;
  }

  TensorType type() {
    return TensorType.ofCode(segment.get(JAVA_INT, 0));
  }

  List<Integer> shape() {
    return shape(segment.asSlice(LAYOUT));
  }

  /** Returns the dimensions of a layout; what is below 0 is open. */
  static List<Integer> shape(MemorySegment layout) {
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < (layout.get(JAVA_INT, 0) & RANK); i++) {
      lengths.add(Math.max(layout.get(JAVA_INT, dimension(0, i)), -1));
    }
    return lengths;
  }

  private static long dimension(int layout, long index) {
    return layout + DIMENSIONS + index * Integer.BYTES;
  }
}
