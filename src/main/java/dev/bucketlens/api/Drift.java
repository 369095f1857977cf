package dev.bucketlens.api;

import dev.bucketlens.Score;
import dev.bucketlens.classify.Validation;
import dev.bucketlens.json.Json;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of {@code GET /quality} that needs no reviewers: whether the photos that come are of the
 * kind that the model was made for. The {@linkplain NewestImages newest images} of the running
 * bundle are held against what the manifest says was measured in the validation.
 */
final class Drift {

  /** What counts as a low score for a model without a validation. */
  private static final double LOW = 0.5;

  private final NewestImages images;
  private final ModelRef model;
  private final Optional<Validation> validation;

  Drift(NewestImages images, ModelRef model, Optional<Validation> validation) {
    this.images = images;
    this.model = model;
    this.validation = validation;
  }

  Map<String, Object> json() {
    NewestImages.Read newest = images.read();
    List<ImageResult> ours =
        newest.images().stream().filter(image -> model.equals(image.model())).toList();
    return Json.object(
        "model", ResultJson.model(model),
        "validation", validation.map(Drift::json).orElse(null),
        "counted", ours.size(),
        "complete", newest.complete(),
        "expectedAccuracy", expectedAccuracy(ours),
        "lowConfidence", lowConfidence(ours),
        "days", days(ours),
        "labels", labels(ours));
  }

  /** An image without a score that was kept has none that counts. */
  private static Double expectedAccuracy(List<ImageResult> images) {
    OptionalDouble mean =
        images.stream()
            .map(image -> image.verdict().best())
            .flatMap(Optional::stream)
            .mapToDouble(Score::score)
            .average();
    return mean.isPresent() ? mean.getAsDouble() : null;
  }

  private Double lowConfidence(List<ImageResult> images) {
    double below = validation.map(Validation::lowConfidenceBelow).orElse(LOW);
    long low =
        images.stream()
            .map(image -> image.verdict().best())
            .filter(best -> best.isEmpty() || best.get().score() < below)
            .count();
    return images.isEmpty() ? null : (double) low / images.size();
  }

  private List<Map<String, Object>> days(List<ImageResult> images) {
    TreeMap<LocalDate, List<ImageResult>> byDay =
        images.stream()
            .collect(
                Collectors.groupingBy(
                    image -> image.classifiedAt().atOffset(ZoneOffset.UTC).toLocalDate(),
                    TreeMap::new,
                    Collectors.toList()));
    List<Map<String, Object>> days = new ArrayList<>();
    byDay
        .descendingMap()
        .forEach((day, ofDay) ->
            days.add(
                Json.object(
                    "day", day.toString(),
                    "counted", ofDay.size(),
                    "expectedAccuracy", expectedAccuracy(ofDay),
                    "lowConfidence", lowConfidence(ofDay))));
    return days;
  }

  /** All labels that come or that came in the validation, the most frequent of now first. */
  private List<Map<String, Object>> labels(List<ImageResult> images) {
    Map<String, Long> counts = countLabels(images);
    Map<String, Double> measured = validation.map(Validation::labels).orElse(Map.of());
    return Stream.concat(counts.keySet().stream(), measured.keySet().stream())
        .distinct()
        .sorted(
            Comparator.comparingLong((String label) -> -counts.getOrDefault(label, 0L))
                .thenComparing(Comparator.naturalOrder()))
        .map(label ->
            Json.object(
                "label",
                label,
                "share",
                (double) counts.getOrDefault(label, 0L) / Math.max(1, images.size()),
                "validation",
                validation.isEmpty() ? null : measured.getOrDefault(label, 0.0)))
        .toList();
  }

  /** How many of the images have each best label. */
  private static Map<String, Long> countLabels(List<ImageResult> images) {
    return images.stream()
        .map(image -> image.verdict().best())
        .flatMap(Optional::stream)
        .collect(Collectors.groupingBy(Score::label, Collectors.counting()));
  }

  private static Map<String, Object> json(Validation validation) {
    return Json.object(
        "photos", validation.photos(),
        "confidence", validation.confidence(),
        "lowConfidence", validation.lowConfidence(),
        "lowConfidenceBelow", validation.lowConfidenceBelow(),
        "labels", new TreeMap<>(validation.labels()));
  }
}
