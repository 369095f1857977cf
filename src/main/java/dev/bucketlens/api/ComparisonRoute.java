package dev.bucketlens.api;

import dev.bucketlens.Score;
import dev.bucketlens.json.Json;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.Shadow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * {@code GET /comparison}: how often the shadow model has the same best label as the model, and
 * where it has not, among the {@linkplain NewestImages newest images}. Counted are those of the two
 * bundles that the newest of them names; older pairs are another comparison.
 */
final class ComparisonRoute {

  static final int MOST_SHOWN = 50;

  private final NewestImages images;

  ComparisonRoute(NewestImages images) {
    this.images = images;
  }

  ApiResponse compare(ApiRequest request, Map<String, String> path) {
    RequestFields.ofTexts(request.query()).allowOnly(Set.of());
    NewestImages.Read newest = images.read();
    List<ImageResult> shadowed =
        newest.images().stream().filter(image -> image.shadow().isPresent()).toList();
    if (shadowed.isEmpty()) {
      return ApiResponse.json(
          Json.object("compared", 0, "agreed", 0, "agreement", null, "disagreements", List.of()));
    }
    ImageResult first = shadowed.getFirst();
    ModelRef shadow = first.shadow().orElseThrow().model();
    List<ImageResult> compared =
        shadowed.stream().filter(image -> isOf(first.model(), shadow, image)).toList();
    List<ImageResult> disagreements =
        compared.stream()
            .filter(image -> !image.shadow().orElseThrow().agreesWith(image.verdict()))
            .toList();
    int agreed = compared.size() - disagreements.size();
    return ApiResponse.json(
        Json.object(
            "model", ResultJson.model(first.model()),
            "shadow", ResultJson.model(shadow),
            "compared", compared.size(),
            "agreed", agreed,
            "agreement", (double) agreed / compared.size(),
            "since", compared.getLast().classifiedAt().toString(),
            "disagreements", shown(disagreements)));
  }

  private static boolean isOf(ModelRef model, ModelRef shadow, ImageResult image) {
    return Objects.equals(image.model(), model)
        && image.shadow().orElseThrow().model().equals(shadow);
  }

  private static List<Map<String, Object>> shown(List<ImageResult> disagreements) {
    List<Map<String, Object>> shown = new ArrayList<>();
    for (ImageResult image : disagreements.subList(0, Math.min(MOST_SHOWN, disagreements.size()))) {
      Shadow shadow = image.shadow().orElseThrow();
      shown.add(
          Json.object(
              "image", image.image(),
              "label", image.verdict().best().map(Score::label).orElse(null),
              "score", image.verdict().best().map(Score::score).orElse(null),
              "shadowLabel", shadow.best().map(Score::label).orElse(null),
              "shadowScore", shadow.best().map(Score::score).orElse(null)));
    }
    return shown;
  }
}
