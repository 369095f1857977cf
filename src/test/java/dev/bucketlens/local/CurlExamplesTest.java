package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each line of the documents that begins with curl does what it is shown for. */
final class CurlExamplesTest {

  private static final Path PHOTO = Path.of("src/local/resources/photos/kitten.jpg");

  @RegisterExtension private static final RunningCloud cloud = new RunningCloud();

  @BeforeAll
  static void upload() throws Exception {
    for (String key : List.of("photo.jpg", "samples/kitten.jpg")) {
      cloud.put(key, Files.readAllBytes(PHOTO));
    }
    cloud.get().queue().awaitEmpty();
  }

  static Stream<String> examples() throws IOException {
    return Stream.concat(
            Files.readAllLines(Path.of("README.md")).stream(),
            Files.readAllLines(Path.of("docs/api.md")).stream())
        .filter(line -> line.startsWith("curl "));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void example_shouldAnswerAsShown(String example) throws Exception {
    String command =
        example
            .replace("http://127.0.0.1:8080", cloud.http().toString())
            .replace("@photo.jpg", "@" + PHOTO);
    Process curl =
        new ProcessBuilder("bash", "-c", command + " --silent --show-error --max-time 30").start();
    String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(curl.waitFor()).isZero();
    if (example.contains("format=csv")) {
      assertThat(answer).startsWith("image,");
    } else if (example.contains("jsonl")) {
      assertThat(answer.lines()).isNotEmpty().allSatisfy(CurlExamplesTest::assertImage);
    } else if (!example.contains("example.com")) {
      assertThat(JSON.std.mapFrom(answer)).as(answer).doesNotContainKey("code");
    } else {
      assertThat(JSON.std.mapFrom(answer)).isNotEmpty();
    }
  }

  private static void assertImage(String line) throws IOException {
    assertThat(JSON.std.mapFrom(line)).containsKey("image");
  }
}
