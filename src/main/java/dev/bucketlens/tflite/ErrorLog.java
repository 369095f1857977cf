package dev.bucketlens.tflite;

import static dev.bucketlens.nativelib.NativeFunction.word;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what TensorFlow Lite reports about a failure, which it says through a callback in the
 * manner of {@code vprintf}. Thread-safe, because a delegate may report from a thread of its own.
 *
 * <p>The {@code va_list} is handed on to {@code vsnprintf} as the address it arrived as. That is
 * right on every platform here: it is a pointer by definition on macOS, an array that decays to one
 * on x86-64 Linux, and on 64-bit ARM Linux a structure of 32 bytes, which that calling convention
 * passes by address.
 */
final class ErrorLog {

  private static final int MAX_MESSAGES = 8;
  private static final int MAX_CHARACTERS = 1024;

  private final NativeFunction vsnprintf;
  private final List<String> messages = new ArrayList<>();

  ErrorLog() {
    vsnprintf = LoadedLibrary.ofTheSystem().function("vsnprintf");
  }

  /** Returns the address of a C function that reports here, valid while {@code arena} is open. */
  @SuppressWarnings("restricted")
  MemorySegment callback(Arena arena) {
    try {
      MethodHandle report =
          MethodHandles.lookup()
              .bind(
                  this,
                  "report",
                  MethodType.methodType(
                      void.class, MemorySegment.class, MemorySegment.class, MemorySegment.class));
      return Linker.nativeLinker()
          .upcallStub(
              report,
              FunctionDescriptor.ofVoid(
                  ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
              arena);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("ErrorLog lacks its own callback", e);
    }
  }

  /** Returns all that was reported since the last call, as one line. */
  synchronized String drain() {
    String all = messages.isEmpty() ? "no reason was reported" : String.join(" ", messages);
    messages.clear();
    return all;
  }

  /** Called by native code, which an exception must never reach: it would end the JVM. */
  @SuppressWarnings({"unused", "CatchAndPrintStackTrace"})
  private void report(MemorySegment userData, MemorySegment format, MemorySegment arguments) {
    try {
      add(format(format, arguments));
    } catch (Throwable e) {
      add("(a report could not be read: " + e + ")");
    }
  }

  private synchronized void add(String message) {
    if (messages.size() < MAX_MESSAGES) {
      messages.add(message.strip());
    }
  }

  private String format(MemorySegment format, MemorySegment arguments) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(MAX_CHARACTERS);
      int length = vsnprintf.integer(text, word(MAX_CHARACTERS), format, arguments);
      return length < 0 ? "(a report could not be formatted)" : text.getString(0);
    }
  }
}
