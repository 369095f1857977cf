package dev.bucketlens.api;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.LabelScore;
import dev.bucketlens.results.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One item of the table as the API shows it. */
final class ResultJson {

  private static final String SCHEME = "s3://";

  private ResultJson() {}

  static Map<String, Object> of(ImageResult result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("image", result.image());
    json.put("bucket", bucket(result));
    json.put("key", key(result));
    json.put("status", result.status().name());
    switch (result.verdict()) {
      case Verdict.Classified classified -> classified(classified, json);
      case Verdict.Rejected rejected -> {
        json.put("rejection", rejected.code());
        json.put("reason", rejected.reason());
      }
      case Verdict.Deleted deleted -> json.put("expiresAt", deleted.expiresAt().toString());
    }
    if (result.model() != null) {
      Map<String, Object> model = new LinkedHashMap<>();
      model.put("name", result.model().name());
      model.put("hash", result.model().hash());
      json.put("model", model);
    }
    json.put("size", result.version().size());
    putUnlessNull(json, "eTag", result.version().eTag());
    putUnlessNull(json, "versionId", result.version().versionId());
    json.put("classifiedAt", result.classifiedAt().toString());
    return json;
  }

  static String bucket(ImageResult result) {
    String rest = result.image().substring(SCHEME.length());
    return rest.substring(0, rest.indexOf('/'));
  }

  static String key(ImageResult result) {
    return result.image().substring(SCHEME.length() + bucket(result).length() + 1);
  }

  private static void classified(Verdict.Classified verdict, Map<String, Object> json) {
    List<LabelScore> scores = verdict.scores();
    json.put("label", scores.isEmpty() ? null : scores.getFirst().label());
    json.put("score", scores.isEmpty() ? null : scores.getFirst().score());
    json.put("scores", scores.stream().map(ResultJson::score).toList());
    json.put("width", verdict.width());
    json.put("height", verdict.height());
  }

  private static Map<String, Object> score(LabelScore score) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("label", score.label());
    json.put("score", score.score());
    return json;
  }

  private static void putUnlessNull(Map<String, Object> json, String name, Object value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
