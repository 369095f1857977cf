package dev.bucketlens.api;

import dev.bucketlens.json.Json;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ResultPage;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code GET /labels}: the best labels of classified images, most frequent first. What one page of
 * the index holds is counted, and again after {@link #FRESH}: exact counts would cost every upload
 * a second write. The answer says how many were counted and whether that was all.
 */
final class LabelsRoute {

  static final Duration FRESH = Duration.ofSeconds(30);

  private final ResultStore results;
  private final Clock clock;
  private final AtomicReference<Counted> last = new AtomicReference<>();

  LabelsRoute(ResultStore results, Clock clock) {
    this.results = results;
    this.clock = clock;
  }

  private record Counted(Instant at, Map<String, Object> answer) {}

  ApiResponse list(ApiRequest request, Map<String, String> path) {
    RequestFields.ofTexts(request.query()).allowOnly(Set.of());
    Instant now = clock.instant();
    Counted known = last.get();
    if (known == null || known.at().plus(FRESH).isBefore(now)) {
      known = new Counted(now, count());
      last.set(known);
    }
    return ApiResponse.json(known.answer());
  }

  private Map<String, Object> count() {
    Map<String, Integer> counts = new HashMap<>();
    ResultPage page = results.glance();
    int counted = tally(page, counts);
    return Json.object(
        "labels", ranked(counts), "counted", counted, "complete", page.next().isEmpty());
  }

  private static int tally(ResultPage page, Map<String, Integer> counts) {
    int counted = 0;
    for (ImageResult result : page.results()) {
      if (result.verdict() instanceof Verdict.Classified classified) {
        counted++;
        classified.scores().stream()
            .findFirst()
            .ifPresent(best -> counts.merge(best.label(), 1, Integer::sum));
      }
    }
    return counted;
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
