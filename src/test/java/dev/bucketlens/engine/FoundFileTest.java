package dev.bucketlens.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of {@code found.json}, to which {@code compare_files.py} holds the model tools. */
class FoundFileTest {

  private static final Path FILES = Path.of("src/test/resources/files/found.json");

  static Stream<Map<?, ?>> files() throws IOException {
    return ((List<?>) Json.read(Files.readAllBytes(FILES))).stream().map(Map.class::cast);
  }

  @ParameterizedTest
  @MethodSource("files")
  void name_shouldTellWhatAFileIs_whenItStartsAsNoneThatIsWanted(Map<?, ?> file) {
    byte[] start = HexFormat.of().parseHex((String) file.get("start"));
    String named = (String) file.get("named");

    if (named == null) {
      assertThat(FoundFile.name(ByteBuffer.wrap(start))).isEmpty();
    } else {
      assertThat(FoundFile.name(ByteBuffer.wrap(start)))
          .hasValueSatisfying(name -> assertThat(name).startsWith(named));
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void name_shouldBeQuiet_whenAFileEndsAnywhere(Map<?, ?> file) {
    byte[] start = HexFormat.of().parseHex((String) file.get("start"));

    for (int length = 0; length < start.length; length++) {
      assertThat(FoundFile.name(ByteBuffer.wrap(start, 0, length).slice())).isNotNull();
    }
  }
}
