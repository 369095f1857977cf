package dev.bucketlens.nativelib;

import static dev.bucketlens.nativelib.CType.INT;
import static dev.bucketlens.nativelib.CType.LONG;
import static dev.bucketlens.nativelib.CType.POINTER;
import static dev.bucketlens.nativelib.CType.UINT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class FieldTest {

  @Test
  void then_shouldPutFieldsWhereCDoes_whateverTheirSizes() {
    Field tag = Field.first(INT);
    Field value = tag.then(LONG);
    Field count = value.then(UINT);
    Field kind = count.then(INT);
    Field next = kind.then(POINTER);
    Field last = next.then(INT);

    MemoryLayout expected =
        MemoryLayout.structLayout(
            ValueLayout.JAVA_INT.withName("tag"),
            MemoryLayout.paddingLayout(4),
            ValueLayout.JAVA_LONG.withName("value"),
            ValueLayout.JAVA_INT.withName("count"),
            ValueLayout.JAVA_INT.withName("kind"),
            ValueLayout.ADDRESS.withName("next"),
            ValueLayout.JAVA_INT.withName("last"),
            MemoryLayout.paddingLayout(4));
    assertThat(value.offset()).isEqualTo(offset(expected, "value"));
    assertThat(count.offset()).isEqualTo(offset(expected, "count"));
    assertThat(kind.offset()).isEqualTo(offset(expected, "kind"));
    assertThat(next.offset()).isEqualTo(offset(expected, "next"));
    assertThat(last.offset()).isEqualTo(offset(expected, "last"));
    assertThat(last.structureBytes()).isEqualTo(expected.byteSize());
  }

  private static long offset(MemoryLayout layout, String name) {
    return layout.byteOffset(MemoryLayout.PathElement.groupElement(name));
  }

  @Test
  void set_shouldTouchNoNeighbour_whenAFieldIsNarrow() {
    Field first = Field.first(INT);
    Field second = first.then(INT);
    Field third = second.then(LONG);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment structure = arena.allocate(third.structureBytes(), Long.BYTES);

      second.set(structure, -2);
      third.set(structure, Long.MIN_VALUE);
      first.set(structure, true);

      assertThat(first.truth(structure)).isTrue();
      assertThat(second.integer(structure)).isEqualTo(-2);
      assertThat(third.number(structure)).isEqualTo(Long.MIN_VALUE);
    }
  }
}
