package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bucketlens.results.ImageResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The switches {@code -Dchaos.*} of the local cloud. */
@Timeout(120)
class ChaosTest {
  private static final int UPLOADS = 50;

  @RegisterExtension
  private static final RunningCloud cloud =
      new RunningCloud(
          Map.of("chaos.duplicate", "0.5", "chaos.reorder", "true", "chaos.fail", "0.3"));

  @Test
  void uploads_shouldBeInTheTableOrAmongTheDeadLetters_whateverTheQueueDoes() throws Exception {
    for (int i = 0; i < UPLOADS; i++) {
      cloud.put("chaos/" + i, "no image".getBytes(StandardCharsets.UTF_8));
    }
    cloud.get().queue().awaitEmpty();

    String dead = deadLetters();
    List<String> lost = new ArrayList<>();
    for (int i = 0; i < UPLOADS; i++) {
      String key = "chaos/" + i;
      String image = ImageResult.imageOf(LocalCloud.BUCKET, key);
      if (cloud.get().app().results().find(image).isEmpty()
          && !dead.contains("\"key\":\"" + key + "\"")) {
        lost.add(key);
      }
    }
    assertThat(lost).isEmpty();
    assertThat(cloud.get().chaos().counts())
        .matches(
            "[1-9]\\d* events queued twice, \\d+ batches shuffled, [1-9]\\d* deliveries failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "-0.1", "often"})
  void from_shouldSayWhatIsExpected_whenAShareIsNone(String share) {
    assertThatThrownBy(() -> Options.from(Map.of("chaos.fail", share)))
        .hasMessageStartingWith("-Dchaos.fail=" + share)
        .hasMessageEndingWith(": expected a share from 0 to less than 1, such as 0.2.");
  }

  /** What S3 told, of every message that failed three times. */
  private static String deadLetters() throws IOException {
    StringBuilder bodies = new StringBuilder();
    for (Path letter : cloud.get().queue().deadLetters()) {
      bodies.append(Files.readString(letter)).append('\n');
    }
    return bodies.toString();
  }
}
