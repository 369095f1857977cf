package dev.bucketlens.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bucketlens.nativelib.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SystemRequirementsTest {

  private static final String LIBRARY = "libLiteRt.so";

  @TempDir private Path folder;

  @AfterEach
  void findTheLibrariesOfTheBuildAgain() {
    System.clearProperty(NativeLibrary.PROPERTY);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void load_shouldNameTheVersionThatIsMissing_whenTheSystemIsTooOld() throws Exception {
    String library = Files.readString(NativeLibrary.find(LIBRARY), ISO_8859_1);
    Files.writeString(
        folder.resolve(LIBRARY), library.replace("GLIBCXX_3.4.2", "GLIBCXX_9.4.2"), ISO_8859_1);
    System.setProperty(NativeLibrary.PROPERTY, folder.toString());

    assertThatExceptionOfType(UnsatisfiedLinkError.class)
        .isThrownBy(LiteRt::load)
        .withMessageContaining(folder.resolve(LIBRARY) + " is not a library that this system can")
        .withMessageContaining("version `GLIBCXX_9.4.2")
        .withMessageEndingWith(
            "LiteRT needs glibc 2.34 and a libstdc++ with GLIBCXX_3.4.30 on aarch64, glibc 2.27 and"
                + " GLIBCXX_3.4.22 on x86-64: use Amazon Linux 2023 of April 2025 or newer, Debian"
                + " 12 or Ubuntu 22.04.");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void load_shouldGiveTheSystemsReason_whenTheFileIsNoLibrary() throws Exception {
    Files.writeString(folder.resolve(LIBRARY), "no library");
    System.setProperty(NativeLibrary.PROPERTY, folder.toString());

    assertThatExceptionOfType(UnsatisfiedLinkError.class)
        .isThrownBy(LiteRt::load)
        .withMessageContaining(folder.resolve(LIBRARY) + ": file too short");
  }

  @Test
  void explain_shouldNameTheProcessor_whenTheMacIsAnIntel() {
    UnsatisfiedLinkError none = new UnsatisfiedLinkError("Native library libLiteRt not found.");

    assertThat(SystemRequirements.explain(none, "macosx-x86_64"))
        .hasMessage(
            "Native library libLiteRt not found. There is no LiteRT for Macs with Intel processors:"
                + " use one with Apple silicon, or Linux.")
        .hasCause(none);
    assertThat(SystemRequirements.explain(none, "macosx-aarch64")).isSameAs(none);
  }
}
