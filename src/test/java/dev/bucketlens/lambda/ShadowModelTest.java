package dev.bucketlens.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bucketlens.Score;
import dev.bucketlens.testing.TestModels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shadow whose labels are not those of the model that it stands behind. */
class ShadowModelTest {
  private static final Path PHOTO = Path.of("src/local/resources/photos/crab.jpg");

  @TempDir private Path root;

  @BeforeEach
  void layOut() throws Exception {
    write("english", "red", "green", "blue");
    write("german", "rot", "green", "blau");
  }

  private void write(String name, String... labels) throws Exception {
    String manifest =
        """
        {"labels": ["%s", "%s", "%s"],
         "input": {"resize": "bilinear", "aspect": "stretch", "range": [0, 1]},
         "output": {"type": "probabilities"}}
        """
            .formatted((Object[]) labels);
    Files.copy(TestModels.file("float"), root.resolve(name + ".tflite"));
    Files.write(root.resolve(name + ".json"), manifest.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void shadow_shouldSayAllItKnows_whenItKnowsNothingOfAList() throws Exception {
    assertThat(labels(Map.of())).containsExactlyInAnyOrder("rot", "green", "blau");
    assertThat(labels(Map.of("INCLUDE_LABELS", "red, blue")))
        .containsExactlyInAnyOrder("rot", "green", "blau");
    assertThat(labels(Map.of("EXCLUDE_LABELS", "red, blue")))
        .containsExactlyInAnyOrder("rot", "green", "blau");
  }

  @Test
  void shadow_shouldKeepToWhatItKnowsOfAList() throws Exception {
    assertThat(labels(Map.of("INCLUDE_LABELS", "red, green"))).containsExactly("green");
    assertThat(labels(Map.of("EXCLUDE_LABELS", "red, green")))
        .containsExactlyInAnyOrder("rot", "blau");
  }

  private List<String> labels(Map<String, String> lists) throws Exception {
    Map<String, String> variables = new HashMap<>(lists);
    variables.putAll(
        Map.of(
            "BUCKET", "photos",
            "TABLE", "results",
            "AWS_REGION", "eu-central-1",
            "LAMBDA_TASK_ROOT", root.toString(),
            "MODEL", "english.tflite",
            "SHADOW_MODEL", "german.tflite"));
    Settings settings = Settings.from(variables);
    try (ShadowModel shadow = new ShadowModel(settings, settings.shadow().orElseThrow())) {
      return shadow.get().score(Files.readAllBytes(PHOTO)).scores().stream()
          .map(Score::label)
          .toList();
    }
  }
}
