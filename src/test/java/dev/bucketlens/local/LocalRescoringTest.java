package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.rescore.Report;
import dev.bucketlens.rescore.Rescoring;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ResultStore;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** The local cloud is stopped and started with another model, over the same bucket and table. */
@Timeout(120)
class LocalRescoringTest {
  private static final List<String> PHOTOS = List.of("crab.jpg", "espresso.jpg", "kitten.jpg");

  @TempDir private Path data;

  @Test
  void rescoring_shouldBringAllToTheNewModel_andKeepWhatTheOldOneFound() throws Exception {
    try (LocalCloud cloud = start("model/efficientnet-lite0.tflite")) {
      for (String photo : PHOTOS) {
        byte[] bytes = Files.readAllBytes(Path.of("src/local/resources/photos", photo));
        cloud
            .app()
            .s3()
            .putObject(r -> r.bucket(LocalCloud.BUCKET).key(photo), RequestBody.fromBytes(bytes));
      }
      cloud.queue().awaitEmpty();
    }

    try (LocalCloud cloud = start("model/clothing.tflite")) {
      ResultStore results = cloud.app().results();
      Report report =
          new Rescoring(results, cloud.app().model().hash(), cloud.uploads(), 100, nowhere()).run();

      assertThat(report.lines())
          .contains(
              "        3  scored again, 0 of them before this run",
              "        3  of these with another label (100.0 %)",
              "        0  failed");
      ImageResult crab = results.find("s3://images/crab.jpg").orElseThrow();
      assertThat(crab.model()).isEqualTo(cloud.app().model());
      assertThat(crab.previous().orElseThrow().model().name()).isEqualTo("efficientnet-lite0");
    }
  }

  private LocalCloud start(String model) throws Exception {
    Map<String, String> options = new HashMap<>();
    options.put("data", data.toString());
    options.put("model", model);
    for (String port : List.of("s3.port", "dynamodb.port", "http.port")) {
      options.put(port, "0");
    }
    return LocalCloud.start(Options.from(options));
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }
}
