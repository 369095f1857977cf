package dev.bucketlens.nativelib;

import static java.lang.foreign.ValueLayout.ADDRESS;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * A C function with its declared {@link Signature}. Thread-safe, as far as the function itself is.
 *
 * <p>Whatever its signature, every function is called in one shape: six 64-bit words in, one out.
 * That is what the calling conventions of 64-bit Linux, macOS and Windows make of pointers and
 * whole numbers anyway: each travels in a word of its own, of which a function reads the lowest
 * bits it declared, and it reads no more words than it has parameters. What a function that returns
 * less leaves in the rest of the result's word is undefined, and is never looked at here.
 *
 * <p>One shape for all, because the JVM writes a dozen classes for each shape that it links, at
 * every start anew: JDK 25's AOT cache keeps none of them.
 *
 * <p>A word is a segment, so that a pointer's owner is still checked: a call with memory that is
 * freed, or is another thread's, is refused, and what a call works on cannot be freed meanwhile.
 */
public final class NativeFunction {

  private final String name;
  private final Signature signature;
  private final MethodHandle handle;

  @SuppressWarnings("restricted") // native access is what this class is for
  NativeFunction(String name, MemorySegment address, Signature signature) {
    this.name = name;
    this.signature = signature;
    handle =
        Linker.nativeLinker()
            .downcallHandle(
                address,
                FunctionDescriptor.of(
                    ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
  }

  /**
   * Calls a function that returns a pointer.
   *
   * @param arguments for {@link CType#POINTER} a segment, for {@link CType#INT} and {@link
   *     CType#UINT} an int, for {@link CType#LONG} a long
   * @throws IllegalArgumentException if the call is not of the declared signature
   * @throws IllegalStateException if an argument's memory was freed
   * @throws WrongThreadException if an argument's memory belongs to another thread
   */
  public MemorySegment pointer(Object... arguments) {
    return call(signature.result() == CType.POINTER, arguments);
  }

  /** As {@link #pointer}, for a function that returns {@link CType#LONG}. */
  public long number(Object... arguments) {
    return call(signature.result() == CType.LONG, arguments).address();
  }

  /** As {@link #pointer}, for a function that returns {@link CType#INT} or {@link CType#UINT}. */
  public int integer(Object... arguments) {
    boolean fits = signature.result() == CType.INT || signature.result() == CType.UINT;
    return (int) call(fits, arguments).address();
  }

  /**
   * As {@link #pointer}, for a function that returns text, which stays the library's and ends with
   * a zero byte; empty for NULL.
   */
  public String text(Object... arguments) {
    return text(pointer(arguments));
  }

  /** Reads text that ends with a zero byte; empty for NULL. */
  @SuppressWarnings("restricted") // where it ends is known only once it is read
  public static String text(MemorySegment start) {
    return start.address() == 0 ? "" : start.reinterpret(Long.MAX_VALUE).getString(0);
  }

  /** As {@link #pointer}, for a function that returns nothing, or whose result is not wanted. */
  public void run(Object... arguments) {
    MemorySegment _ = call(true, arguments);
  }

  private MemorySegment call(boolean fits, Object[] arguments) {
    if (!fits || arguments.length != signature.parameters().size()) {
      throw undeclared(arguments, null);
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
    } catch (ClassCastException e) {
      throw undeclared(arguments, e);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private IllegalArgumentException undeclared(Object[] arguments, Exception cause) {
    return new IllegalArgumentException(
        "%s is declared as %s %s; it was called with %s, or for another result."
            .formatted(
                name, signature.result(), signature.parameters(), Arrays.toString(arguments)),
        cause);
  }

  private MemorySegment word(Object[] arguments, int index) {
    return index < arguments.length
        ? signature.parameters().get(index).word(arguments[index])
        : MemorySegment.NULL;
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
}
