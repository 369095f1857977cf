package dev.bucketlens.nativelib;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/**
 * A field of a C structure. Each is declared behind the one before it, in the order of the header,
 * and so lies where C puts it: {@code LENGTH = FILE.then(LONG)}. Of a structure of which few fields
 * are used, each is declared where it lies: {@code WIDTH = Field.at(192, INT)}.
 *
 * <p>Offsets and not layouts of {@link java.lang.foreign}: a handle for each field would be made,
 * and linked, at every start.
 *
 * @param offset bytes from the start of the structure
 * @param type all but {@link CType#VOID}
 */
public record Field(long offset, CType type) {

  /** What a structure's size is a multiple of, if a pointer or a long is in it. */
  private static final int WORD = 8;

  /** The first field of a structure. */
  public static Field first(CType type) {
    return at(0, type);
  }

  /** A field of a structure that is another library's. */
  public static Field at(long offset, CType type) {
    return new Field(offset, type);
  }

  /** The field behind this one, aligned to its size. */
  public Field then(CType next) {
    return at(aligned(offset + type.bytes(), next.bytes()), next);
  }

  /** Bytes of a structure of words whose last field this is. */
  public long structureBytes() {
    return aligned(offset + type.bytes(), WORD);
  }

  private static long aligned(long offset, long to) {
    return Math.ceilDiv(offset, to) * to;
  }

  /** Writes a whole number, of which a field of 32 bits takes the lowest. */
  public void set(MemorySegment structure, long value) {
    if (type.bytes() == WORD) {
      structure.set(JAVA_LONG, offset, value);
    } else {
      structure.set(JAVA_INT, offset, (int) value);
    }
  }

  /** Writes a truth value, as 1 or 0. */
  public void set(MemorySegment structure, boolean value) {
    set(structure, value ? 1 : 0);
  }

  /**
   * Writes a pointer to native memory, as a number: the JDK's handle for pointers would be made at
   * each start.
   */
  public void set(MemorySegment structure, MemorySegment value) {
    set(structure, value.address());
  }

  /** Reads 32 bits. */
  public int integer(MemorySegment structure) {
    return structure.get(JAVA_INT, offset);
  }

  /** Reads a truth value: whatever is not 0. */
  public boolean truth(MemorySegment structure) {
    return integer(structure) != 0;
  }

  /** Reads 64 bits. */
  public long number(MemorySegment structure) {
    return structure.get(JAVA_LONG, offset);
  }

  /** Reads a pointer, behind which nothing may be read yet. */
  public MemorySegment pointer(MemorySegment structure) {
    return MemorySegment.ofAddress(number(structure));
  }
}
