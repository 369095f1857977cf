package dev.bucketlens.nativelib;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The deployed libraries load on every Amazon Linux 2023, or have one beside them that does. A
 * newer one would be noticed nowhere else: it loads on the machines that build it, and fails in the
 * function.
 */
class SymbolVersionsTest {

  /** What the first images of Amazon Linux 2023 have. */
  private static final Map<String, Version> NEWEST =
      Map.of(
          "GLIBC", Version.parse("2.34"),
          "GLIBCXX", Version.parse("3.4.29"),
          "CXXABI", Version.parse("1.3.13"),
          "GCC", Version.parse("11.0.0"));

  @ParameterizedTest
  @CsvSource({
    "linux-x86_64, baseline/libjnitensorflowlite.so",
    "linux-x86_64, libleptonica.so.6",
    "linux-aarch64, libjnitensorflowlite.so",
    "linux-aarch64, libleptonica.so.6",
  })
  void neededVersions_shouldBeThoseOfAmazonLinux(String platform, String library) throws Exception {
    Set<String> needed = ElfFile.read(Path.of("target/native", platform, library)).neededVersions();

    assertThat(needed).isNotEmpty().allSatisfy(SymbolVersionsTest::isThere);
  }

  @Test
  void check_shouldFail_whenLibraryIsTooNew() {
    assertThat(isNewer("GLIBC_2.35")).isTrue();
    assertThat(isNewer("GLIBCXX_3.4.30")).isTrue();
    assertThat(isNewer("GLIBC_2.34")).isFalse();
    assertThat(isNewer("GLIBC_2.2.5")).isFalse();
  }

  private static void isThere(String symbolVersion) {
    assertThat(isNewer(symbolVersion)).as(symbolVersion).isFalse();
  }

  private static boolean isNewer(String symbolVersion) {
    String[] parts = symbolVersion.split("_", 2);
    assertThat(NEWEST).as(symbolVersion).containsKey(parts[0]);
    return Version.parse(parts[1]).compareTo(NEWEST.get(parts[0])) > 0;
  }
}
