package dev.bucketlens.api;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.classify.ModelBundle;
import dev.bucketlens.image.ImageRejectedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** {@code GET /model} and {@code GET /health}: which model answers, and whether it does. */
final class ModelRoute {

  private static final Logger LOG = System.getLogger(ModelRoute.class.getName());

  private final Classifier classifier;
  private final byte[] probe;

  ModelRoute(Classifier classifier) {
    this.classifier = classifier;
    this.probe = probe();
  }

  ApiResponse model(ApiRequest request, Map<String, String> path) {
    Fields.ofTexts(request.query()).allowOnly(Set.of());
    ModelBundle model = classifier.model();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", model.name());
    answer.put("version", model.version());
    answer.put("hash", model.hash());
    answer.put("input", Map.of("width", model.width(), "height", model.height()));
    model.license().ifPresent(license -> answer.put("license", license));
    model.source().ifPresent(source -> answer.put("source", source));
    answer.put("labels", model.labels());
    return ApiResponse.json(answer);
  }

  /** Runs the model on a small picture: nothing less shows that it would run on a caller's. */
  ApiResponse health(ApiRequest request, Map<String, String> path) {
    Fields.ofTexts(request.query()).allowOnly(Set.of());
    try {
      classifier.classify(probe, ClassifyOptions.defaults().withMaxResults(1));
    } catch (ImageRejectedException | RuntimeException e) {
      LOG.log(Level.ERROR, "The model does not answer", e);
      throw new ApiException(503, "UNHEALTHY", "The model does not answer.");
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", "ok");
    answer.put("model", classifier.model().hash());
    return ApiResponse.json(answer);
  }

  private static byte[] probe() {
    try (InputStream stream = ModelRoute.class.getResourceAsStream("health.png")) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("The package lacks its health picture", e);
    }
  }
}
