package dev.bucketlens.image.resize;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;

import dev.bucketlens.nativelib.Field;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The structures {@code bl_resize} and {@code bl_axis} of {@code bucketlens.h}. */
final class ResizeRequest {

  /** {@code bl_axis}. */
  private static final Field FIRST = Field.first(POINTER);

  private static final Field COUNT = FIRST.then(POINTER);
  private static final Field WEIGHTS = COUNT.then(POINTER);
  private static final Field STRIDE = WEIGHTS.then(INT);
  private static final Field SOURCES = STRIDE.then(INT);
  private static final Field SIZE = SOURCES.then(INT);
  private static final long AXIS_BYTES = SIZE.structureBytes();

  /** {@code bl_resize}: the columns' axis, the rows', and then. */
  private static final Field IMAGE = Field.at(2 * AXIS_BYTES, POINTER);

  private static final Field IMAGE_BYTES = IMAGE.then(LONG);
  private static final Field ORIGIN = IMAGE_BYTES.then(LONG);
  private static final Field COLUMN_STEP = ORIGIN.then(LONG);
  private static final Field ROW_STEP = COLUMN_STEP.then(LONG);
  private static final Field MAX_BYTES = ROW_STEP.then(LONG);
  private static final Field CHANNELS = MAX_BYTES.then(INT);
  private static final Field COLUMNS_FIRST = CHANNELS.then(INT);
  private static final Field CODE = COLUMNS_FIRST.then(INT);
  private static final Field GRAY = CODE.then(INT);
  private static final long BYTES = GRAY.structureBytes();

  private static final int FASTEST = 0;
  private static final int PLAIN = 1;

  private ResizeRequest() {}

  /**
   * Writes a request.
   *
   * @param channels of the rows that come, and whether they are resized in gray
   * @param image receives the upright result
   */
  static MemorySegment write(
      Arena arena, StoredFraming framing, Channels channels, MemorySegment image, boolean plain) {
    MemorySegment request = arena.allocate(BYTES, Long.BYTES);
    writeAxis(arena, request, framing.columns(), framing.sourceWidth());
    MemorySegment rows = request.asSlice(AXIS_BYTES);
    writeAxis(arena, rows, framing.rows(), framing.sourceHeight());
    IMAGE.set(request, image);
    IMAGE_BYTES.set(request, image.byteSize());
    ORIGIN.set(request, framing.origin());
    COLUMN_STEP.set(request, framing.columnStep());
    ROW_STEP.set(request, framing.rowStep());
    MAX_BYTES.set(request, framing.memory(channels.count()));
    CHANNELS.set(request, channels.count());
    GRAY.set(request, channels.gray());
    COLUMNS_FIRST.set(request, framing.columnsFirst());
    CODE.set(request, plain ? PLAIN : FASTEST);
    return request;
  }

  private static void writeAxis(Arena arena, MemorySegment axis, ResampleTable table, int sources) {
    FIRST.set(axis, table.firsts(arena));
    COUNT.set(axis, table.counts(arena));
    WEIGHTS.set(axis, table.weights(arena));
    STRIDE.set(axis, table.stride());
    SOURCES.set(axis, sources);
    SIZE.set(axis, table.size());
  }
}
