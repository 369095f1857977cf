package dev.bucketlens.api;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.LabelScore;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code GET /labels}: the best labels among the {@linkplain NewestImages newest images}, most
 * frequent first. The answer says how many were counted and whether that was all.
 */
final class LabelsRoute {

  private final NewestImages images;

  LabelsRoute(NewestImages images) {
    this.images = images;
  }

  ApiResponse list(ApiRequest request, Map<String, String> path) {
    RequestFields.ofTexts(request.query()).allowOnly(Set.of());
    NewestImages.Read newest = images.read();
    return ApiResponse.json(
        Json.object(
            "labels", ranked(countLabels(newest.images())),
            "counted", newest.images().size(),
            "complete", newest.complete()));
  }

  /** How many of the images have each best label. */
  static Map<String, Long> countLabels(List<ImageResult> images) {
    return images.stream()
        .map(image -> image.verdict().best())
        .flatMap(Optional::stream)
        .collect(Collectors.groupingBy(LabelScore::label, Collectors.counting()));
  }

  private static List<Map<String, Object>> ranked(Map<String, Long> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> Json.object("label", entry.getKey(), "count", entry.getValue()))
        .toList();
  }
}
