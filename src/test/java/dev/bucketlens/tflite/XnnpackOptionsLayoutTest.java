package dev.bucketlens.tflite;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class XnnpackOptionsLayoutTest {

  private static final Path LIBRARY = Path.of("libjnitensorflowlite.so");
  private static final int QS8 = 1;
  private static final int QU8 = 2;

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

  /** The newest library, and the one for older systems where the platform has it. */
  static Stream<Path> libraries() {
    Path newest = TfLite.load().library().file();
    return Stream.of(newest, newest.resolveSibling("baseline").resolve(newest.getFileName()))
        .filter(Files::exists);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void options_shouldBeTheLibrarysOwnDefaults_withKernelsForQuantisedModels(Path file)
      throws Throwable {
    TfLite library = TfLite.load(file);
    XnnpackOptionsLayout layout = XnnpackOptionsLayout.of(library.version(), LIBRARY);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment defaults = defaults(library, arena).asSlice(0, layout.size());
      int flags = defaults.get(JAVA_INT, layout.flags());
      defaults.set(JAVA_INT, layout.flags(), flags | QS8 | QU8);

      MemorySegment options = layout.options(defaults.get(JAVA_INT, layout.threads()), arena);

      assertThat(options.toArray(JAVA_BYTE)).isEqualTo(defaults.toArray(JAVA_BYTE));
    }
  }

  /** The structure comes back by value, in memory of the caller's that is larger than any. */
  @SuppressWarnings("restricted") // native access is what is tested
  private static MemorySegment defaults(TfLite library, Arena arena) throws Throwable {
    MemorySegment function =
        library.library().symbol("TfLiteXNNPackDelegateOptionsDefault").orElseThrow();
    MemoryLayout structure = MemoryLayout.structLayout(MemoryLayout.sequenceLayout(32, JAVA_LONG));
    return (MemorySegment)
        Linker.nativeLinker()
            .downcallHandle(function, FunctionDescriptor.of(structure))
            .invokeExact((SegmentAllocator) arena);
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
