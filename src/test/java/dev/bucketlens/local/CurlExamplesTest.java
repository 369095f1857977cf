package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Each line of the documents that begins with curl does what it is shown for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CurlExamplesTest {

  private static final Path PHOTO = Path.of("src/local/resources/photos/kitten.jpg");

  private LocalCloud cloud;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    cloud =
        LocalCloud.start(
            Options.from(
                Map.of(
                    "s3.port", "0",
                    "dynamodb.port", "0",
                    "http.port", "0",
                    "data", data.toString())));
    for (String key : List.of("photo.jpg", "samples/kitten.jpg")) {
      cloud
          .app()
          .s3()
          .putObject(r -> r.bucket(LocalCloud.BUCKET).key(key), RequestBody.fromFile(PHOTO));
    }
    cloud.queue().awaitEmpty();
  }

  @AfterAll
  void stop() throws IOException {
    cloud.close();
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
    Map<String, Object> json = JSON.std.mapFrom(answer);
    if (!example.contains("example.com")) {
      assertThat(json).as(answer).doesNotContainKey("code");
    }
  }
}
