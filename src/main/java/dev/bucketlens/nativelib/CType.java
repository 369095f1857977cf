package dev.bucketlens.nativelib;

import java.lang.foreign.MemorySegment;

/** The type of a C function's parameter or result. */
public enum CType {
  /** Nothing: only as a result. */
  VOID,
  /** Any pointer; in Java a {@link MemorySegment}. */
  POINTER,
  /** {@code int}, {@code bool} or an enumeration. */
  INT,
  /** {@code unsigned int}, whose bits are those of a Java int. */
  UINT,
  /** A whole number of 64 bits: {@code size_t}, {@code int64_t}. */
  LONG;

  /** The size of a value, which is its alignment too. */
  int bytes() {
    return switch (this) {
      case POINTER, LONG -> Long.BYTES;
      case INT, UINT -> Integer.BYTES;
      case VOID -> 0;
    };
  }

  /** Returns an argument of this type as the word that it travels in. */
  MemorySegment word(Object argument) {
    return switch (this) {
      case POINTER -> (MemorySegment) argument;
      case INT -> MemorySegment.ofAddress((Integer) argument);
      case UINT -> MemorySegment.ofAddress(Integer.toUnsignedLong((Integer) argument));
      case LONG -> MemorySegment.ofAddress((Long) argument);
      case VOID -> throw new IllegalArgumentException("A parameter cannot be void.");
    };
  }
}
