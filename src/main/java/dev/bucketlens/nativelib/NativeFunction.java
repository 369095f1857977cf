package dev.bucketlens.nativelib;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * A C function of up to six parameters, each a pointer or a whole number, that returns one such
 * value or nothing. Thread-safe, as far as the function itself is.
 *
 * <p>Every function is called in the same shape: six 64-bit words in, one out. That is what the
 * calling conventions of 64-bit Linux, macOS and Windows make of such parameters anyway: each
 * travels in a word of its own, of which a function reads the lowest bits it declared, and it reads
 * no more words than it has parameters. What a function that returns less leaves in the rest of the
 * result's word is undefined, and is never looked at here.
 *
 * <p>One shape for all, because the JVM writes a dozen classes for each shape that it links, at
 * every start anew: JDK 25's AOT cache keeps none of them.
 *
 * <p>A word is a segment, so that a pointer's owner is still checked: a call with memory that is
 * freed, or is another thread's, is refused, and what a call works on cannot be freed meanwhile.
 */
public final class NativeFunction {

  private static final int WORDS = 6;

  private final MethodHandle handle;

  @SuppressWarnings("restricted") // native access is what this class is for
  NativeFunction(MemorySegment address) {
    handle =
        Linker.nativeLinker()
            .downcallHandle(
                address,
                FunctionDescriptor.of(
                    ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
  }

  /** Returns a whole number as an argument. */
  public static MemorySegment word(long number) {
    return MemorySegment.ofAddress(number);
  }

  /**
   * Calls a function that returns a pointer.
   *
   * @throws IllegalStateException if an argument's memory was freed
   * @throws WrongThreadException if an argument's memory belongs to another thread
   */
  public MemorySegment pointer(MemorySegment... arguments) {
    if (arguments.length > WORDS) {
      throw new IllegalArgumentException(
          "A native function is called with at most %d arguments; found %d."
              .formatted(WORDS, arguments.length));
    }
    try {
      return (MemorySegment)
          handle.invokeExact(
              word(arguments, 0),
              word(arguments, 1),
              word(arguments, 2),
              word(arguments, 3),
              word(arguments, 4),
              word(arguments, 5));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** As {@link #pointer}, for a function that returns a 64-bit whole number. */
  public long number(MemorySegment... arguments) {
    return pointer(arguments).address();
  }

  /** As {@link #pointer}, for a function that returns a C {@code int}. */
  public int integer(MemorySegment... arguments) {
    return (int) number(arguments);
  }

  /** As {@link #pointer}, for a function that returns nothing. */
  public void run(MemorySegment... arguments) {
    MemorySegment _ = pointer(arguments);
  }

  /**
   * Returns what to throw when a call itself failed, not the function called. The linker says by
   * exceptions of its own that an argument's memory cannot be used; those are thrown on.
   */
  public static AssertionError broken(Throwable cause) {
    return switch (cause) {
      case RuntimeException refusal -> throw refusal;
      case Error failure -> throw failure;
      default -> new AssertionError("A native call does not fit its binding", cause);
    };
  }

  private static MemorySegment word(MemorySegment[] arguments, int index) {
    return index < arguments.length ? arguments[index] : MemorySegment.NULL;
  }
}
