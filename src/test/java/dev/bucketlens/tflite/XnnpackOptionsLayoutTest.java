package dev.bucketlens.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XnnpackOptionsLayoutTest {

  private static final Path LIBRARY = Path.of("libjnitensorflowlite.so");

  @ParameterizedTest
  @CsvSource({"2.18.0, 4", "2.18.1, 4", "2.21.0, 8", "2.21.0-rc1, 8"})
  void of_shouldKnowWhereTheFlagsAre(String version, long flags) {
    assertThat(XnnpackOptionsLayout.of(version, LIBRARY).flags()).isEqualTo(flags);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.17.0", "2.180.0", "3.0.0", ""})
  void of_shouldNameLibraryAndVersion_whenReleaseIsUnknown(String version) {
    assertThatExceptionOfType(UnsatisfiedLinkError.class)
        .isThrownBy(() -> XnnpackOptionsLayout.of(version, LIBRARY))
        .withMessage(
            "libjnitensorflowlite.so is TensorFlow Lite %s, of which the layout of XNNPACK's options is not known; use one of [2.18, 2.21]."
                .formatted(version));
  }

  @Test
  void load_shouldNameTheFile_whenItIsNoLibrary() {
    Path text = Path.of("pom.xml").toAbsolutePath();

    assertThatExceptionOfType(UnsatisfiedLinkError.class)
        .isThrownBy(() -> TfLite.load(text))
        .withMessageStartingWith(text + " is not a library that this system can load: ");
  }

  @Test
  void version_shouldBeTheShippedOne() {
    assertThat(TfLite.load().version()).startsWith("2.");
  }
}
