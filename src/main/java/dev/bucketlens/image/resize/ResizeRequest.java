package dev.bucketlens.image.resize;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The structures {@code bl_resize} and {@code bl_axis} of {@code bucketlens.h}. */
final class ResizeRequest {

  private static final long BYTES = 144;
  private static final long COLUMNS = 0;
  private static final long ROWS = 40;
  private static final long IMAGE = 80;
  private static final long IMAGE_BYTES = 88;
  private static final long ORIGIN = 96;
  private static final long COLUMN_STEP = 104;
  private static final long ROW_STEP = 112;
  private static final long MAX_BYTES = 120;
  private static final long CHANNELS = 128;
  private static final long COLUMNS_FIRST = 132;
  private static final long CODE = 136;
  private static final long GRAY = 140;

  private static final long FIRST = 0;
  private static final long COUNT = 8;
  private static final long WEIGHTS = 16;
  private static final long STRIDE = 24;
  private static final long SOURCES = 28;
  private static final long SIZE = 32;

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
    writeAxis(arena, request, COLUMNS, framing.columns(), framing.sourceWidth());
    writeAxis(arena, request, ROWS, framing.rows(), framing.sourceHeight());
    request.set(JAVA_LONG, IMAGE, image.address());
    request.set(JAVA_LONG, IMAGE_BYTES, image.byteSize());
    request.set(JAVA_LONG, ORIGIN, framing.origin());
    request.set(JAVA_LONG, COLUMN_STEP, framing.columnStep());
    request.set(JAVA_LONG, ROW_STEP, framing.rowStep());
    request.set(JAVA_LONG, MAX_BYTES, framing.memory(channels.count()));
    request.set(JAVA_INT, CHANNELS, channels.count());
    request.set(JAVA_INT, GRAY, channels.gray() ? 1 : 0);
    request.set(JAVA_INT, COLUMNS_FIRST, framing.columnsFirst() ? 1 : 0);
    request.set(JAVA_INT, CODE, plain ? PLAIN : FASTEST);
    return request;
  }

  private static void writeAxis(
      Arena arena, MemorySegment request, long axis, ResampleTable table, int sources) {
    request.set(JAVA_LONG, axis + FIRST, table.firsts(arena).address());
    request.set(JAVA_LONG, axis + COUNT, table.counts(arena).address());
    request.set(JAVA_LONG, axis + WEIGHTS, table.weights(arena).address());
    request.set(JAVA_INT, axis + STRIDE, table.stride());
    request.set(JAVA_INT, axis + SOURCES, sources);
    request.set(JAVA_INT, axis + SIZE, table.size());
  }
}
