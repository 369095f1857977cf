package dev.bucketlens.engine;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.CType.VOID;
import static dev.bucketlens.nativelib.Signature.returns;

import dev.bucketlens.nativelib.LoadedLibrary;
import dev.bucketlens.nativelib.NativeFunction;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The functions on {@code LiteRtOptions}, of which a model is compiled. Those of an accelerator or
 * of the runtime are a text of lines {@code key = value} under a name.
 */
final class OptionsFunctions {

  /** Of {@code LiteRtHwAccelerators}. */
  static final int CPU = 1;

  private static final String PROCESSOR = "xnnpack";
  private static final String RUNTIME = "runtime_options_string";

  /** What goes wrong is kept for {@code LiteRtCompiledModelGetErrorMessages}. */
  private static final String KEEP_ERRORS = "error_reporter_mode = 2\n";

  private final LiteRtFunction create;
  private final NativeFunction destroy;
  private final LiteRtFunction setAccelerators;
  private final LiteRtFunction createText;
  private final LiteRtFunction addText;
  private final NativeFunction copy;
  private final MemorySegment free;

  OptionsFunctions(LoadedLibrary library, LoadedLibrary system) {
    create = new LiteRtFunction(library, "LiteRtCreateOptions", POINTER);
    destroy = library.function("LiteRtDestroyOptions", returns(VOID).takes(POINTER));
    setAccelerators =
        new LiteRtFunction(library, "LiteRtSetOptionsHardwareAccelerators", POINTER, INT);
    createText =
        new LiteRtFunction(
            library, "LiteRtCreateOpaqueOptions", POINTER, POINTER, POINTER, POINTER);
    addText = new LiteRtFunction(library, "LiteRtAddOpaqueOptions", POINTER, POINTER);
    copy = system.function("strdup", returns(POINTER).takes(POINTER));
    free = system.symbol("free").orElseThrow();
  }

  /**
   * Returns options, destroyed when {@code owner} closes.
   *
   * @param keepErrors whether the compiled model keeps what goes wrong; otherwise it is printed
   */
  MemorySegment create(InterpreterSettings chosen, boolean keepErrors, Arena owner) {
    MemorySegment options = Handle.own(create.pointer(), owner, destroy);
    setAccelerators.run(options, CPU);
    add(options, PROCESSOR, processor(chosen));
    if (keepErrors) {
      add(options, RUNTIME, KEEP_ERRORS);
    }
    return options;
  }

  private static String processor(InterpreterSettings chosen) {
    String kernels = chosen.xnnpack() ? "xnnpack" : "builtin";
    return "num_threads = " + chosen.threads() + "\nkernel_mode = \"" + kernels + "\"\n";
  }

  /** The options free the text, and so get a copy that C's {@code free} can free. */
  private void add(MemorySegment options, String name, String text) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment payload = copy.pointer(arena.allocateFrom(text));
      addText.run(options, createText.pointer(arena.allocateFrom(name), payload, free));
    }
  }
}
