package dev.bucketlens.image.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bucketlens.image.ImageLimits;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BudgetTest {

  private static final byte[] FILE = new byte[100_000];

  private Budget budget;

  @BeforeEach
  void open() throws Exception {
    budget = Budget.of(ImageLimits.defaults(), FILE);
  }

  @Test
  void copy_shouldRefuse_whenTheFileIsCopiedOverAndOver() throws Exception {
    ByteReader reader = ByteReader.bigEndian(FILE, budget);
    reader.bytes(FILE.length);
    reader.seek(0).bytes(FILE.length);

    assertThat(code(() -> reader.seek(0).bytes(FILE.length))).isEqualTo(RejectionCode.CORRUPT);
  }

  @Test
  void read_shouldRefuse_whenTheSameBytesAreReadForEver() {
    ByteReader reader = ByteReader.littleEndian(FILE, budget);

    assertThat(
            code(() -> {
              for (int i = 0; i < 10 * FILE.length; i++) {
                reader.seek(0).u8();
              }
            }))
        .isEqualTo(RejectionCode.CORRUPT);
  }

  @Test
  void inflate_shouldRefuse_whenSamplesOutgrowThePixelsThatAreAllowed() throws Exception {
    budget.inflate(400_000_000);

    assertThat(code(() -> budget.inflate(100_000))).isEqualTo(RejectionCode.TOO_MANY_PIXELS);
  }

  @Test
  void allocate_shouldRefuse_whenParsersTogetherTakeTooMuch() throws Exception {
    budget.allocate(400L << 20);

    assertThat(code(() -> budget.allocate(400L << 20))).isEqualTo(RejectionCode.TOO_MANY_PIXELS);
  }

  @Test
  void requireData_shouldRefuse_whenNoCompressionMakesSoMuchOfTheFile() throws Exception {
    budget.requireData(50L * FILE.length, 50);

    assertThat(code(() -> budget.requireData(50L * FILE.length + 1, 50)))
        .isEqualTo(RejectionCode.TRUNCATED);
  }

  private static RejectionCode code(ThrowingCallable call) {
    return catchThrowableOfType(ImageRejectedException.class, call).code();
  }
}
