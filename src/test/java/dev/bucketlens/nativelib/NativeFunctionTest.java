package dev.bucketlens.nativelib;

import static dev.bucketlens.nativelib.NativeFunction.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class NativeFunctionTest {

  private static final LoadedLibrary C = LoadedLibrary.ofTheSystem();

  @Test
  void integer_shouldKeepTheSign_whenTheFunctionReturnsAnInt() {
    assertThat(C.function("atoi").integer(text("-42"))).isEqualTo(-42);
    assertThat(C.function("abs").integer(word(-42))).isEqualTo(42);
  }

  @Test
  void number_shouldReturnAllBits_whenTheFunctionReturnsALong() {
    assertThat(C.function("labs").number(word(-5_000_000_000L))).isEqualTo(5_000_000_000L);
  }

  @Test
  @SuppressWarnings("restricted")
  void pointer_shouldPointIntoTheArgument() {
    MemorySegment found = C.function("strchr").pointer(text("key=value"), word('='));

    assertThat(found.reinterpret(Long.MAX_VALUE).getString(0)).isEqualTo("=value");
  }

  @Test
  void run_shouldPassArgumentsInOrder() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(4);

      C.function("memset").run(memory, word(7), word(3));

      assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).containsExactly(7, 7, 7, 0);
    }
  }

  @Test
  void call_shouldBeRefused_whenAnArgumentWasFreed() {
    MemorySegment freed;
    try (Arena arena = Arena.ofConfined()) {
      freed = arena.allocateFrom("gone");
    }
    NativeFunction length = C.function("strlen");

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> length.number(freed))
        .withMessageContaining("closed");
  }

  @Test
  void call_shouldBeRefused_whenThereAreTooManyArguments() {
    NativeFunction abs = C.function("abs");
    MemorySegment one = word(1);

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> abs.integer(one, one, one, one, one, one, one))
        .withMessage("A native function is called with at most 6 arguments; found 7.");
  }

  @Test
  void function_shouldNameTheLibrary_whenItHasNoSuchFunction() {
    assertThatExceptionOfType(UnsatisfiedLinkError.class)
        .isThrownBy(() -> C.function("no_such_function"))
        .withMessage("the C library has no function no_such_function");
  }

  private static MemorySegment text(String text) {
    return Arena.ofAuto().allocateFrom(text);
  }
}
