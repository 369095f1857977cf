package dev.bucketlens.nativelib;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeLibraryTest {

  private static final List<String> NAMES = List.of("libnone.so", "libnone.dylib");

  @TempDir Path folder;

  @Test
  void find_shouldTakeTheFolderOfThePackage_whenTheCodeIsAJarInLib() throws Exception {
    Path library = library("native");
    Path jar = folder.resolve("lib/bucketlens.jar");

    assertThat(NativeLibrary.find(null, Files.createFile(mkdirs(jar)), NAMES)).isEqualTo(library);
  }

  @Test
  void find_shouldTakeTheBuildFolder_whenTheCodeIsAFolderOfClasses() throws Exception {
    Path library = library("native");
    Path classes = Files.createDirectories(folder.resolve("classes"));

    assertThat(NativeLibrary.find(null, classes, NAMES)).isEqualTo(library);
  }

  @Test
  void find_shouldTakeAnyHash_whenTheNameHasAStar() throws Exception {
    Path library = library("native");
    Path classes = Files.createDirectories(folder.resolve("classes"));

    assertThat(NativeLibrary.find(null, classes, List.of("libother-*.so", "lib*ne.so")))
        .isEqualTo(library);
  }

  @Test
  void find_shouldLookNowhereElse_whenTheFolderIsNamedAndWrong() throws Exception {
    library("native");
    Path classes = Files.createDirectories(folder.resolve("classes"));

    assertThatThrownBy(() -> NativeLibrary.find(folder.resolve("wrong").toString(), classes, NAMES))
        .isInstanceOf(UnsatisfiedLinkError.class)
        .hasMessageContaining(folder.resolve("wrong/libnone.so").toString())
        .hasMessageContaining("-Dbucketlens.native=<folder>");
  }

  @Test
  void locate_shouldFindNothing_whenTheLibraryWasNotAdded() {
    assertThat(NativeLibrary.locate("libnone-*.so", "libnone.*.dylib")).isEmpty();
    assertThat(NativeLibrary.locate("libbucketlens.*")).isPresent();
  }

  @Test
  void find_shouldListEveryPlace_whenNoneHasIt() throws Exception {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    String platform = NativeLibrary.platform();

    assertThatThrownBy(() -> NativeLibrary.find(null, classes, NAMES))
        .isInstanceOf(UnsatisfiedLinkError.class)
        .hasMessageContaining(folder.resolve("native/" + platform + "/libnone.so").toString())
        .hasMessageContaining("class path /native/" + platform + "/libnone.so")
        .hasMessageContaining("class path /native/" + platform + "/libnone.dylib");
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, linux-x86_64",
    "Linux, aarch64, linux-aarch64",
    "Mac OS X, aarch64, macosx-aarch64",
    "Mac OS X, x86_64, macosx-x86_64",
    "Windows 11, amd64, windows-x86_64"
  })
  void platform_shouldNameTheFolder(String osName, String osArch, String expected) {
    assertThat(NativeLibrary.platform(osName, osArch)).isEqualTo(expected);
  }

  private Path library(String folderName) throws Exception {
    Path file = folder.resolve(folderName).resolve(NativeLibrary.platform()).resolve("libnone.so");
    return Files.createFile(mkdirs(file));
  }

  private static Path mkdirs(Path file) throws Exception {
    Files.createDirectories(file.getParent());
    return file;
  }
}
