package dev.bucketlens.tflite;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Binds C functions of one library; the classes that use it name them and type them. */
record Functions(Path library, SymbolLookup symbols) {

  private static final Linker LINKER = Linker.nativeLinker();

  /** The C library's own functions. */
  static Functions ofTheSystem() {
    return new Functions(Path.of("the C library"), LINKER.defaultLookup());
  }

  /**
   * @throws UnsatisfiedLinkError if the library has no such function
   */
  @SuppressWarnings("restricted")
  MethodHandle bind(String name, MemoryLayout result, MemoryLayout... parameters) {
    return LINKER.downcallHandle(symbol(name), FunctionDescriptor.of(result, parameters));
  }

  /** As {@link #bind}, for a function that returns nothing. */
  @SuppressWarnings("restricted")
  MethodHandle bindVoid(String name, MemoryLayout... parameters) {
    return LINKER.downcallHandle(symbol(name), FunctionDescriptor.ofVoid(parameters));
  }

  /** As {@link #bindVoid}, for a function that frees what its only parameter points to. */
  Consumer<MemorySegment> bindRelease(String name) {
    MethodHandle release = bindVoid(name, ValueLayout.ADDRESS);
    return pointer -> {
      try {
        release.invokeExact(pointer);
      } catch (Throwable e) {
        throw broken(e);
      }
    };
  }

  /**
   * Returns what to throw when a call itself failed, not the function called. The linker says by
   * exceptions of its own that an argument's arena is closed; those pass.
   */
  static AssertionError broken(Throwable cause) {
    if (cause instanceof RuntimeException refusal) {
      throw refusal;
    }
    return new AssertionError("A native call does not fit its binding", cause);
  }

  private MemorySegment symbol(String name) {
    return symbols
        .find(name)
        .orElseThrow(() -> new UnsatisfiedLinkError(library + " has no function " + name));
  }
}
