package dev.bucketlens.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bucketlens.testing.EventTarget;
import dev.bucketlens.testing.ReadmeRules;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.event.ruler.Machine;

/**
 * The rules of README choose, of real events, those that they are shown for: asked of EventBridge's
 * own matcher.
 */
@Timeout(120)
final class RulesTest {
  @AutoClose private static final EventTarget TARGET = EventTarget.start();

  @RegisterExtension
  private static final RunningCloud cloud =
      new RunningCloud(Map.of("events.url", TARGET.url().toString()));

  @Test
  void rules_shouldChooseWhatTheyAreShownFor() throws Exception {
    JsonNode crab = classified("rules/crab.jpg");
    JsonNode espresso = classified("rules/espresso.jpg");

    assertThat(matching(crab)).containsExactlyInAnyOrder("crabs", "hook");
    assertThat(matching(with(crab, "rock crab", 0.79))).containsExactly("hook");
    assertThat(matching(espresso)).containsExactly("hook");
    assertThat(matching(with(espresso, "rifle", 0.3)))
        .containsExactlyInAnyOrder("quarantine", "hook");
    assertThat(matching(with(espresso, "revolver", 0.29))).containsExactly("hook");
  }

  @Test
  void rules_shouldChooseNoDeletion_whereTheyAskForALabel() throws Exception {
    classified("rules/gone/crab.jpg");
    cloud
        .get()
        .app()
        .s3()
        .deleteObject(r -> r.bucket(LocalCloud.BUCKET).key("rules/gone/crab.jpg"));

    assertThat(matching(next("rules/gone/crab.jpg"))).containsExactly("hook");
  }

  private static List<String> matching(JsonNode event) throws Exception {
    Machine machine = Machine.builder().build();
    List<ReadmeRules.Rule> rules = ReadmeRules.rules();
    assertThat(rules).hasSize(3);
    for (ReadmeRules.Rule rule : rules) {
      machine.addRule(rule.name(), rule.pattern());
    }
    return machine.rulesForJSONEvent(event);
  }

  private static JsonNode with(JsonNode event, String label, double score) {
    JsonNode other = event.deepCopy();
    ((ObjectNode) other.get("detail")).put("label", label).put("score", score);
    return other;
  }

  private static JsonNode classified(String key) throws Exception {
    String name = key.substring(key.lastIndexOf('/') + 1);
    try (InputStream photo = RulesTest.class.getResourceAsStream("/photos/" + name)) {
      cloud.put(key, photo.readAllBytes());
    }
    return next(key);
  }

  private static JsonNode next(String key) throws InterruptedException {
    return TARGET.await(it -> it.at("/detail/key").asText().equals(key));
  }
}
