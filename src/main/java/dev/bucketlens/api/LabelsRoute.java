package dev.bucketlens.api;

import dev.bucketlens.json.Json;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ResultPage;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Status;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code GET /labels}: the best labels of classified images, most frequent first. What one page of
 * the index holds is counted, and again when that is no longer {@link Recent}. The answer says how
 * many were counted and whether that was all.
 */
final class LabelsRoute {
  private final Recent<Map<String, Object>> answer;

  LabelsRoute(ResultStore results, Clock clock) {
    this.answer = new Recent<>(() -> count(results.glance()), clock);
  }

  ApiResponse list(ApiRequest request, Map<String, String> path) {
    RequestFields.ofTexts(request.query()).allowOnly(Set.of());
    return ApiResponse.json(answer.get());
  }

  private static Map<String, Object> count(ResultPage page) {
    Map<String, Integer> counts = new HashMap<>();
    int counted = 0;
    for (ImageResult result : page.results()) {
      if (result.status() == Status.CLASSIFIED) {
        counted++;
        result.verdict().best().ifPresent(best -> counts.merge(best.label(), 1, Integer::sum));
      }
    }
    return Json.object(
        "labels", ranked(counts), "counted", counted, "complete", page.next().isEmpty());
  }

  private static List<Map<String, Object>> ranked(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> Json.object("label", entry.getKey(), "count", entry.getValue()))
        .toList();
  }
}
