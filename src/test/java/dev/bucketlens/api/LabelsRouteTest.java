package dev.bucketlens.api;

import static dev.bucketlens.api.ApiFixture.classified;
import static dev.bucketlens.api.ApiFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * How often each label is the best one. What was counted is kept a while: each test has its own.
 */
final class LabelsRouteTest {
  @AutoClose private final ApiFixture fixture = ApiFixture.start(80);

  @Test
  void labels_shouldSayThatNotAllWereCounted_whenOnePageOfTheIndexIsNotAll() {
    for (int i = 0; i < 1001; i++) {
      fixture.put("photo-" + i, classified("beagle", 0.5f));
    }

    assertThat(json(fixture.get("/labels")))
        .containsEntry("counted", 1000)
        .containsEntry("complete", false);
  }

  @Test
  void labels_shouldCountTheBestLabels_mostFrequentFirst() {
    List<String> best = List.of("beagle", "tabby cat", "espresso", "tabby cat");
    for (int i = 0; i < best.size(); i++) {
      fixture.put("photo-" + i, classified(best.get(i), 0.5f));
    }

    assertThat(json(fixture.get("/labels")))
        .containsEntry("counted", 4)
        .containsEntry("complete", true)
        .containsEntry(
            "labels",
            List.of(
                Map.of("label", "tabby cat", "count", 2),
                Map.of("label", "beagle", "count", 1),
                Map.of("label", "espresso", "count", 1)));
  }
}
