package dev.bucketlens.image.format.tiff;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A file in memory, as libtiff's callbacks want it. The handle they get points to three longs: the
 * file's address, its length, the position. The callbacks must never throw: an exception that
 * leaves an upcall ends the JVM. So each answers out-of-range arguments with an error value.
 */
@SuppressWarnings("restricted") // libtiff calls back into this class
final class TiffMemory {

  private static final long HANDLE_BYTES = 3 * Long.BYTES;
  private static final int FROM_START = 0;
  private static final int FROM_POSITION = 1;
  private static final int FROM_END = 2;

  private final MemorySegment read;
  private final MemorySegment write;
  private final MemorySegment seek;
  private final MemorySegment close;
  private final MemorySegment size;

  TiffMemory() {
    this.read = stub("read", long.class, MemorySegment.class, MemorySegment.class, long.class);
    this.write = stub("write", long.class, MemorySegment.class, MemorySegment.class, long.class);
    this.seek = stub("seek", long.class, MemorySegment.class, long.class, int.class);
    this.close = stub("close", int.class, MemorySegment.class);
    this.size = stub("size", long.class, MemorySegment.class);
  }

  private static MemorySegment stub(String name, Class<?> result, Class<?>... parameters) {
    try {
      MethodType type = MethodType.methodType(result, parameters);
      MethodHandle target = MethodHandles.lookup().findStatic(TiffMemory.class, name, type);
      return Linker.nativeLinker().upcallStub(target, descriptor(type), Arena.global());
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new LinkageError("TiffMemory lacks its own callback " + name, e);
    }
  }

  private static FunctionDescriptor descriptor(MethodType type) {
    return FunctionDescriptor.of(
        type.returnType() == int.class ? JAVA_INT : JAVA_LONG,
        type.parameterList().stream()
            .map(
                parameter ->
                    parameter == MemorySegment.class
                        ? ADDRESS
                        : parameter == int.class ? JAVA_INT : JAVA_LONG)
            .toArray(MemoryLayout[]::new));
  }

  /** Returns a handle that reads the file; valid as long as both segments live. */
  static MemorySegment handle(Arena arena, MemorySegment file) {
    MemorySegment handle = arena.allocate(HANDLE_BYTES, Long.BYTES);
    handle.setAtIndex(JAVA_LONG, 0, file.address());
    handle.setAtIndex(JAVA_LONG, 1, file.byteSize());
    return handle;
  }

  static long read(MemorySegment handle, MemorySegment target, long count) {
    MemorySegment state = handle.reinterpret(HANDLE_BYTES);
    long position = state.getAtIndex(JAVA_LONG, 2);
    long available = state.getAtIndex(JAVA_LONG, 1) - position;
    long length = Math.clamp(count, 0, Math.max(available, 0));
    if (length > 0) {
      MemorySegment source =
          MemorySegment.ofAddress(state.getAtIndex(JAVA_LONG, 0) + position).reinterpret(length);
      target.reinterpret(length).copyFrom(source);
      state.setAtIndex(JAVA_LONG, 2, position + length);
    }
    return length;
  }

  static long write(MemorySegment handle, MemorySegment source, long count) {
    return -1;
  }

  static long seek(MemorySegment handle, long offset, int origin) {
    MemorySegment state = handle.reinterpret(HANDLE_BYTES);
    long base =
        switch (origin) {
          case FROM_START -> 0;
          case FROM_POSITION -> state.getAtIndex(JAVA_LONG, 2);
          case FROM_END -> state.getAtIndex(JAVA_LONG, 1);
          default -> -1;
        };
    long target = base + offset;
    if (base < 0 || target < 0) {
      return -1;
    }
    state.setAtIndex(JAVA_LONG, 2, target);
    return target;
  }

  static int close(MemorySegment handle) {
    return 0;
  }

  static long size(MemorySegment handle) {
    return handle.reinterpret(HANDLE_BYTES).getAtIndex(JAVA_LONG, 1);
  }

  MemorySegment readCallback() {
    return read;
  }

  MemorySegment writeCallback() {
    return write;
  }

  MemorySegment seekCallback() {
    return seek;
  }

  MemorySegment closeCallback() {
    return close;
  }

  MemorySegment sizeCallback() {
    return size;
  }
}
