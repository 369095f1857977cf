package dev.bucketlens.api;

import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.classify.ModelBundle;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.json.Json;
import dev.bucketlens.results.ModelRef;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;

/** {@code GET /model} and {@code GET /health}: which model answers, and whether it does. */
final class ModelRoute {

  private static final Logger LOG = System.getLogger(ModelRoute.class.getName());

  private final Classifier classifier;
  private final ModelRef bundle;
  private final byte[] probe;

  ModelRoute(Classifier classifier, ModelRef bundle) {
    this.classifier = classifier;
    this.bundle = bundle;
    this.probe = PackagedFile.read("health.png");
  }

  ApiResponse model(ApiRequest request, Map<String, String> path) {
    RequestFields.ofTexts(request.query()).allowOnly(Set.of());
    ModelBundle model = classifier.model();
    Map<String, Object> answer =
        Json.object(
            "name", model.name(),
            "version", model.version(),
            "hash", bundle.hash(),
            "fileHash", model.fileHash(),
            "input", Json.object("width", model.width(), "height", model.height()));
    model.license().ifPresent(license -> answer.put("license", license));
    model.source().ifPresent(source -> answer.put("source", source));
    answer.put("labels", model.labels());
    return ApiResponse.json(answer);
  }

  /** Runs the model on a small picture: nothing less shows that it would run on a caller's. */
  ApiResponse health(ApiRequest request, Map<String, String> path) {
    RequestFields.ofTexts(request.query()).allowOnly(Set.of());
    try {
      classifier.classify(probe, ClassifyOptions.defaults().withMaxResults(1));
    } catch (ImageRejectedException | RuntimeException e) {
      LOG.log(Level.ERROR, "The model does not answer", e);
      throw new ApiException(503, "UNHEALTHY", "The model does not answer.");
    }
    return ApiResponse.json(Json.object("status", "ok", "model", bundle.hash()));
  }
}
