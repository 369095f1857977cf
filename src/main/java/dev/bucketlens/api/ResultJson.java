package dev.bucketlens.api;

import dev.bucketlens.Score;
import dev.bucketlens.json.Json;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ObjectVersion;
import dev.bucketlens.results.Previous;
import dev.bucketlens.results.Review;
import dev.bucketlens.results.Shadow;
import dev.bucketlens.results.Verdict;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One item of the table as the API shows it. */
final class ResultJson {

  private ResultJson() {}

  static Map<String, Object> of(ImageResult result) {
    Map<String, Object> json =
        Json.object(
            "image", result.image(),
            "bucket", result.bucket(),
            "key", result.key(),
            "status", result.status().name());
    switch (result.verdict()) {
      case Verdict.Classified classified -> classified(classified, json);
      case Verdict.Rejected rejected -> {
        json.put("rejection", rejected.code());
        json.put("reason", rejected.reason());
      }
      case Verdict.Deleted deleted -> json.put("expiresAt", deleted.expiresAt().toString());
    }
    if (result.model() != null) {
      json.put("model", model(result.model()));
    }
    putVersion(json, result.version());
    json.put("classifiedAt", result.classifiedAt().toString());
    result.attempt().ifPresent(attempt -> json.put("requestId", attempt.requestId()));
    result.review().ifPresent(review -> json.put("review", review(review)));
    result.previous().ifPresent(previous -> json.put("previous", previous(previous)));
    result.shadow().ifPresent(shadow -> json.put("shadow", shadow(shadow)));
    return json;
  }

  private static void putVersion(Map<String, Object> json, ObjectVersion version) {
    json.put("size", version.size());
    putUnlessNull(json, "eTag", version.eTag());
    putUnlessNull(json, "versionId", version.versionId());
    putUnlessNull(json, "fileName", version.provenance().fileName());
    putUnlessNull(json, "uploadedBy", version.provenance().uploadedBy());
    putUnlessNull(json, "uploadRequestId", version.provenance().requestId());
  }

  private static Map<String, Object> previous(Previous previous) {
    Map<String, Object> json =
        Json.object("model", model(previous.model()), "status", previous.status().name());
    putBest(json, previous.best());
    json.put("classifiedAt", previous.classifiedAt().toString());
    return json;
  }

  private static Map<String, Object> shadow(Shadow shadow) {
    Map<String, Object> json = Json.object("model", model(shadow.model()));
    putBest(json, shadow.best());
    return json;
  }

  static Map<String, Object> model(ModelRef model) {
    return Json.object("name", model.name(), "hash", model.hash());
  }

  static Map<String, Object> review(Review review) {
    Map<String, Object> json = Json.object("state", review.state().name().toLowerCase(Locale.ROOT));
    if (review instanceof Review.Done done) {
      json.put("label", done.label());
      json.put("known", done.known());
      json.put("by", done.by());
      json.put("at", done.at().toString());
    }
    json.put("sampled", review.sampled());
    return json;
  }

  private static void classified(Verdict.Classified verdict, Map<String, Object> json) {
    putBest(json, verdict.best());
    json.put("scores", verdict.scores().stream().map(ResultJson::score).toList());
    json.put("width", verdict.width());
    json.put("height", verdict.height());
    if (!verdict.warnings().isEmpty()) {
      json.put("warnings", verdict.warnings());
    }
  }

  /** Both are null where there is no score. */
  static void putBest(Map<String, Object> json, Optional<Score> best) {
    json.put("label", best.map(Score::label).orElse(null));
    json.put("score", best.map(Score::score).orElse(null));
  }

  static Map<String, Object> score(Score score) {
    return Json.object("label", score.label(), "score", score.score());
  }

  private static void putUnlessNull(Map<String, Object> json, String name, Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
