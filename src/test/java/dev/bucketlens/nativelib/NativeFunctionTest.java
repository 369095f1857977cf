package dev.bucketlens.nativelib;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.CType.UINT;
import static dev.bucketlens.nativelib.CType.VOID;
import static dev.bucketlens.nativelib.Signature.returns;
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
    assertThat(C.function("atoi", returns(INT).takes(POINTER)).integer(text("-42"))).isEqualTo(-42);
    assertThat(C.function("abs", returns(INT).takes(INT)).integer(-42)).isEqualTo(42);
  }

  @Test
  void number_shouldReturnAllBits_whenTheFunctionReturnsALong() {
    assertThat(C.function("labs", returns(LONG).takes(LONG)).number(-5_000_000_000L))
        .isEqualTo(5_000_000_000L);
  }

  @Test
  @SuppressWarnings("restricted")
  void pointer_shouldPointIntoTheArgument() {
    MemorySegment found =
        C.function("strchr", returns(POINTER).takes(POINTER, INT))
            .pointer(text("key=value"), (int) '=');

    assertThat(found.reinterpret(Long.MAX_VALUE).getString(0)).isEqualTo("=value");
  }

  @Test
  void run_shouldPassArgumentsInOrder() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(4);

      C.function("memset", returns(POINTER).takes(POINTER, INT, LONG)).run(memory, 7, 3L);

      assertThat(memory.toArray(ValueLayout.JAVA_BYTE)).containsExactly(7, 7, 7, 0);
    }
  }

  @Test
  void call_shouldBeRefused_whenAnArgumentWasFreed() {
    MemorySegment freed;
    try (Arena arena = Arena.ofConfined()) {
      freed = arena.allocateFrom("gone");
    }
    NativeFunction length = C.function("strlen", returns(LONG).takes(POINTER));

    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() -> length.number(freed))
        .withMessageContaining("closed");
  }

  @Test
  void integer_shouldKeepAllBits_whenTheParameterIsUnsigned() {
    NativeFunction byteOrder = C.function("htonl", returns(UINT).takes(UINT));

    assertThat(byteOrder.integer(byteOrder.integer(0x80FF_0001))).isEqualTo(0x80FF_0001);
  }

  @Test
  void call_shouldBeRefused_whenItIsNotOfTheDeclaredSignature() {
    NativeFunction abs = C.function("abs", returns(INT).takes(INT));

    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> abs.integer(1, 1))
        .withMessageContaining("abs is declared as INT [INT]");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> abs.pointer(1))
        .withMessageContaining("abs is declared as INT [INT]");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> abs.integer(1L))
        .withMessageContaining("abs is declared as INT [INT]");
  }

  @Test
  void takes_shouldRefuse_whatTheOneShapeHasNoRoomFor() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> returns(INT).takes(INT, INT, INT, INT, INT, INT, INT))
        .withMessage("A native function takes at most 6 parameters; found 7.");
  }

  @Test
  void function_shouldNameTheLibrary_whenItHasNoSuchFunction() {
    assertThatExceptionOfType(UnsatisfiedLinkError.class)
        .isThrownBy(() -> C.function("no_such_function", returns(VOID)))
        .withMessage("the C library has no function no_such_function");
  }

  private static MemorySegment text(String text) {
    return Arena.ofAuto().allocateFrom(text);
  }
}
