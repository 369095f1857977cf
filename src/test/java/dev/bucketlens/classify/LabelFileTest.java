package dev.bucketlens.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of {@code labels.json}, to which {@code compare_files.py} holds the model tools. */
class LabelFileTest {

  private static final Path FILES = Path.of("src/test/resources/files/labels.json");

  @TempDir private Path folder;

  static Stream<Map<?, ?>> lists() throws IOException {
    return files().filter(file -> file.containsKey("labels"));
  }

  static Stream<Map<?, ?>> others() throws IOException {
    return files().filter(file -> file.containsKey("problem"));
  }

  private static Stream<Map<?, ?>> files() throws IOException {
    return ((List<?>) Json.read(Files.readAllBytes(FILES))).stream().map(Map.class::cast);
  }

  @ParameterizedTest
  @MethodSource("lists")
  void read_shouldReturnTheLabelsAlone(Map<?, ?> file) throws Exception {
    assertThat(LabelFile.read(write(file)).labels()).isEqualTo(file.get("labels"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void read_shouldSayWhatItIs_whenFileIsNoListOfLabels(Map<?, ?> file) throws Exception {
    Path written = write(file);

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> LabelFile.read(written))
        .withMessageStartingWith(written + ": expected ")
        .withMessageContaining((String) file.get("problem"));
  }

  @Test
  void read_shouldAskForUtf8_whenAnEditorOfWindowsSavedIt() throws Exception {
    Path file =
        Files.write(folder.resolve("labels.txt"), "Käse".getBytes(StandardCharsets.ISO_8859_1));

    assertThatExceptionOfType(ModelLoadException.class)
        .isThrownBy(() -> LabelFile.read(file))
        .withMessage(file + ": it is not UTF-8 text; save it as UTF-8.");
  }

  private Path write(Map<?, ?> file) throws IOException {
    String content = (String) file.get("content");
    return Files.write(folder.resolve("labels.txt"), content.getBytes(StandardCharsets.UTF_8));
  }
}
