package dev.bucketlens.classify;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the manifest's field {@code validation}, which {@code bucketlens_model evaluate} writes.
 */
final class ValidationReader {

  static final List<String> FIELDS =
      List.of("photos", "confidence", "lowConfidence", "lowConfidenceBelow", "labels");

  private ValidationReader() {}

  static Optional<Validation> read(JsonObject<ModelLoadException> manifest)
      throws ModelLoadException {
    Optional<JsonObject<ModelLoadException>> found = manifest.object("validation");
    if (found.isEmpty()) {
      return Optional.empty();
    }
    JsonObject<ModelLoadException> fields = found.get().allowOnly(FIELDS);
    return Optional.of(
        new Validation(
            fields
                .integer("photos", 1, Integer.MAX_VALUE)
                .orElseThrow(() -> fields.wrong("photos", "a whole number of 1 or more")),
            share(fields, "confidence"),
            share(fields, "lowConfidence"),
            share(fields, "lowConfidenceBelow"),
            labels(fields)));
  }

  private static Map<String, Double> labels(JsonObject<ModelLoadException> fields)
      throws ModelLoadException {
    JsonObject<ModelLoadException> shares = fields.requiredObject("labels");
    Map<String, Double> labels = new HashMap<>();
    for (String label : shares.names()) {
      labels.put(label, share(shares, label));
    }
    return labels;
  }

  private static double share(JsonObject<ModelLoadException> fields, String name)
      throws ModelLoadException {
    return fields.share(name).orElseThrow(() -> fields.wrong(name, JsonObject.SHARE));
  }
}
