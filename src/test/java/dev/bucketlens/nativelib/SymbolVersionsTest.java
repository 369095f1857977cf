package dev.bucketlens.nativelib;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The deployed libraries load on Amazon Linux 2023. A newer one would be noticed nowhere else: it
 * loads on the machines that build it, and fails in the function.
 */
class SymbolVersionsTest {

  private static final Path NATIVES = Path.of("target/native");

  /** What the first images of Amazon Linux 2023 have. */
  private static final Map<String, Version> NEWEST =
      Map.of(
          "GLIBC", Version.parse("2.34"),
          "GLIBCXX", Version.parse("3.4.29"),
          "CXXABI", Version.parse("1.3.13"),
          "GCC", Version.parse("11.0.0"));

  /** What the libraries have of each other: they come together. */
  private static final Set<String> OF_THE_PACKAGE = Set.of("LIBJPEG", "XZ");

  /** What LiteRT needs more on aarch64: images have it since April 2025. */
  private static final Map<Path, String> NEEDED_MORE =
      Map.of(NATIVES.resolve("linux-aarch64/libLiteRt.so"), "GLIBCXX_3.4.30");

  static List<Path> libraries() throws IOException {
    try (Stream<Path> files = Files.walk(NATIVES)) {
      return files.filter(file -> file.toString().matches(".*/linux-[^/]+/.*\\.so.*")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void neededVersions_shouldBeThoseOfAmazonLinux(Path library) throws Exception {
    String more = NEEDED_MORE.getOrDefault(library, "");

    assertThat(ElfFile.read(library).neededVersions())
        .isNotEmpty()
        .allSatisfy(version -> assertThat(version.equals(more) || !isNewer(version)).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"linux-x86_64", "linux-aarch64"})
  void libraries_shouldIncludeTheEngine(String platform) throws Exception {
    assertThat(libraries()).contains(NATIVES.resolve(platform).resolve("libLiteRt.so"));
  }

  @Test
  void check_shouldFail_whenLibraryIsTooNew() {
    assertThat(isNewer("GLIBC_2.35")).isTrue();
    assertThat(isNewer("GLIBCXX_3.4.30")).isTrue();
    assertThat(isNewer("GLIBC_2.34")).isFalse();
    assertThat(isNewer("GLIBC_2.2.5")).isFalse();
  }

  private static boolean isNewer(String symbolVersion) {
    String[] parts = symbolVersion.split("_", 2);
    if (OF_THE_PACKAGE.contains(parts[0])) {
      return false;
    }
    assertThat(NEWEST).as(symbolVersion).containsKey(parts[0]);
    return Version.parse(parts[1]).compareTo(NEWEST.get(parts[0])) > 0;
  }
}
