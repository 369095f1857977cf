package dev.bucketlens.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.nativelib.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentFunctionsTest {

  /** Every accelerator that LiteRT's file has the name of. */
  private static final Pattern ACCELERATOR = Pattern.compile("libLiteRt\\w+\\.so");

  @TempDir private Path folder;

  @Test
  void create_shouldPrintNothing_whenTheModelIsFine() throws Exception {
    assertThat(ChildProcess.output(Map.of())).isEqualTo("3");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void create_shouldOpenNoAccelerator_whenOneIsPlantedInTheLoadersPath() throws Exception {
    List<String> names = accelerators();
    for (String name : names) {
      Files.copy(
          Path.of(System.getProperty("java.home"), "lib", "libzip.so"), folder.resolve(name));
    }

    String searched =
        ChildProcess.output(Map.of("LD_LIBRARY_PATH", folder.toString(), "LD_DEBUG", "libs"));

    assertThat(names).contains("libLiteRtGpuAccelerator.so");
    assertThat(searched)
        .as("the loader tells where it looks")
        .contains(folder + "/libstdc++.so.6")
        .doesNotContain(names);
  }

  private static List<String> accelerators() throws IOException {
    String library = Files.readString(NativeLibrary.find("libLiteRt.so"), ISO_8859_1);
    return ACCELERATOR.matcher(library).results().map(MatchResult::group).distinct().toList();
  }
}
