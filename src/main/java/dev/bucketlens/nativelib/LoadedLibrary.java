package dev.bucketlens.nativelib;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.Signature.returns;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A C library in this process, where it stays until the process ends: to unload it under a running
 * call would crash. Thread-safe.
 */
@SuppressWarnings("restricted") // native access is what this class is for
public final class LoadedLibrary {

  /** {@code RTLD_NOW}, on Linux and on macOS. */
  private static final int RESOLVE_NOW = 2;

  private final Path file;
  private final SymbolLookup symbols;

  private LoadedLibrary(Path file, SymbolLookup symbols) {
    this.file = file;
    this.symbols = symbols;
  }

  /**
   * Loads a library.
   *
   * @throws UnsatisfiedLinkError if the file is no library, one of another platform, or one that
   *     needs what this system lacks; the message has the system's own reason
   */
  public static LoadedLibrary load(Path file) {
    try {
      return new LoadedLibrary(file, SymbolLookup.libraryLookup(file, Arena.global()));
    } catch (IllegalArgumentException e) {
      UnsatisfiedLinkError error =
          new UnsatisfiedLinkError(
              file + " is not a library that this system can load: " + reason(file));
      error.initCause(e);
      throw error;
    }
  }

  /** The C library, which every process has. */
  public static LoadedLibrary ofTheSystem() {
    return new LoadedLibrary(Path.of("the C library"), Linker.nativeLinker().defaultLookup());
  }

  /** Where it was loaded from. */
  public Path file() {
    return file;
  }

  /**
   * Requires the release whose headers lay the structures out as this program has them.
   *
   * @param name of the library, for the message
   * @param versionFunction returns the version as text, such as {@code 1.4.2}
   * @param release how the version has to begin, such as {@code 1.4.}
   * @param remedy what to do if it does not
   * @throws UnsatisfiedLinkError if this is another release
   */
  public void requireRelease(String name, String versionFunction, String release, String remedy) {
    String version = function(versionFunction, returns(POINTER)).text();
    if (!version.startsWith(release)) {
      throw new UnsatisfiedLinkError(
          "%s is %s %s, and %sx is needed: %s".formatted(file, name, version, release, remedy));
    }
  }

  /**
   * Returns a function whose parameters and result are pointers and whole numbers.
   *
   * @throws UnsatisfiedLinkError if the library has no such function
   */
  public NativeFunction function(String name, Signature signature) {
    return new NativeFunction(name, required(name), signature);
  }

  /**
   * Returns a function of any other shape. Each new shape costs a start about two milliseconds.
   *
   * @throws UnsatisfiedLinkError if the library has no such function
   */
  public MethodHandle function(String name, FunctionDescriptor shape) {
    return Linker.nativeLinker().downcallHandle(required(name), shape);
  }

  /** Returns the address of a function or a variable, if the library has it. */
  public Optional<MemorySegment> symbol(String name) {
    return symbols.find(name);
  }

  /**
   * Returns the addresses of functions, one after another, for C code that calls them.
   *
   * @throws UnsatisfiedLinkError if the library lacks one
   */
  public MemorySegment table(String... names) {
    MemorySegment table = Arena.global().allocate(JAVA_LONG, names.length);
    for (int i = 0; i < names.length; i++) {
      table.setAtIndex(JAVA_LONG, i, required(names[i]).address());
    }
    return table;
  }

  /** The JDK does not tell why a library cannot be opened; the system does, when asked again. */
  private static String reason(Path file) {
    LoadedLibrary system = ofTheSystem();
    NativeFunction open = system.function("dlopen", returns(POINTER).takes(POINTER, INT));
    NativeFunction lastError = system.function("dlerror", returns(POINTER));
    try (Arena arena = Arena.ofConfined()) {
      open.run(arena.allocateFrom(file.toAbsolutePath().toString()), RESOLVE_NOW);
      String reason = lastError.text();
      return reason.isEmpty() ? "no reason was given" : reason;
    }
  }

  private MemorySegment required(String name) {
    return symbol(name)
        .orElseThrow(() -> new UnsatisfiedLinkError(file + " has no function " + name));
  }
}
