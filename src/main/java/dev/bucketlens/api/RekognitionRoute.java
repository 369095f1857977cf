package dev.bucketlens.api;

import dev.bucketlens.Score;
import dev.bucketlens.classify.Classifier;
import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.image.ImageRejectedException;
import dev.bucketlens.image.RejectionCode;
import dev.bucketlens.json.Json;
import dev.bucketlens.json.JsonObject;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ModelRef;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Verdict;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code DetectLabels} in the shape and with the protocol (AWS JSON 1.1) of Amazon Rekognition, so
 * that its callers can switch by changing the endpoint. The labels are this deployment's model's.
 * {@code S3Object} is answered from the table, where every image of the bucket is already scored.
 * Boxes, parents, aliases, categories and image properties are not offered: their lists are empty.
 */
final class RekognitionRoute {

  static final String TARGET = "RekognitionService.DetectLabels";
  static final String TYPE = "application/x-amz-json-1.1";

  /** Rekognition's own defaults. */
  private static final float MIN_CONFIDENCE = 55;

  private static final int MAX_LABELS = 1000;

  private final Classifier classifier;
  private final ModelRef model;
  private final ResultStore results;

  RekognitionRoute(Classifier classifier, ModelRef model, ResultStore results) {
    this.classifier = classifier;
    this.model = model;
    this.results = results;
  }

  /** Answers an SDK, which names the operation in a header and posts to the root. */
  ApiResponse target(ApiRequest request, Map<String, String> path) {
    ApiResponse response =
        request.header("x-amz-target").equals(TARGET)
            ? detectLabels(request, path)
            : error("UnknownOperationException", "Only " + TARGET + " is offered.");
    return response.with("content-type", TYPE);
  }

  ApiResponse detectLabels(ApiRequest request, Map<String, String> path) {
    try {
      JsonObject<ApiException> fields = RequestFields.ofJson(request.body());
      fields.allowOnly(Set.of("Image", "MaxLabels", "MinConfidence", "Features", "Settings"));
      return ApiResponse.json(answer(detect(fields)));
    } catch (ImageRejectedException e) {
      String type =
          e.code() == RejectionCode.TOO_MANY_BYTES
              ? "ImageTooLargeException"
              : "InvalidImageFormatException";
      return error(type, e.getMessage());
    } catch (ApiException e) {
      boolean missing = e.status() == 404;
      return error(
          missing ? "InvalidS3ObjectException" : "InvalidParameterException", e.getMessage());
    }
  }

  private List<Score> detect(JsonObject<ApiException> fields) throws ImageRejectedException {
    float minScore =
        fields
                .number("MinConfidence", n -> n >= 0 && n <= 100, "a number from 0 to 100")
                .map(Double::floatValue)
                .orElse(MIN_CONFIDENCE)
            / 100;
    int maxLabels = fields.integer("MaxLabels", 0, Integer.MAX_VALUE).orElse(MAX_LABELS);
    Set<String> include = filter(fields, "LabelInclusionFilters");
    Set<String> exclude = filter(fields, "LabelExclusionFilters");
    JsonObject<ApiException> image =
        fields.object("Image").orElseThrow(() -> ApiException.invalid("Image", "given"));
    image.allowOnly(Set.of("Bytes", "S3Object"));
    if (image.has("Bytes") == image.has("S3Object")) {
      throw ApiException.invalid("Image", "either Bytes or S3Object");
    }
    Stream<Score> all =
        image.has("Bytes")
            ? classified(bytes(image))
            : stored(image.object("S3Object").orElseThrow());
    return all.filter(score -> score.score() >= minScore)
        .filter(score -> include.isEmpty() || include.contains(score.label()))
        .filter(score -> !exclude.contains(score.label()))
        .limit(maxLabels)
        .toList();
  }

  private Stream<Score> classified(byte[] file) throws ImageRejectedException {
    return classifier.classify(file, ClassifyOptions.defaults()).scores().stream();
  }

  private Stream<Score> stored(JsonObject<ApiException> object) {
    object.allowOnly(Set.of("Bucket", "Name", "Version"));
    String bucket =
        object.text("Bucket").orElseThrow(() -> ApiException.invalid("Bucket", "given"));
    String name = object.text("Name").orElseThrow(() -> ApiException.invalid("Name", "given"));
    ImageResult result =
        results
            .find(ImageResult.imageOf(bucket, name))
            .filter(found -> isVersion(found, object))
            .orElseThrow(() -> ApiException.notFound("The table holds no scores of this object."));
    return switch (result.verdict()) {
      case Verdict.Classified classified -> classified.scores().stream();
      case Verdict.Rejected rejected -> throw new ApiException(400, "REJECTED", rejected.reason());
      case Verdict.Deleted deleted -> throw ApiException.notFound("The object is deleted.");
    };
  }

  private static boolean isVersion(ImageResult result, JsonObject<ApiException> object) {
    return object.text("Version").map(v -> v.equals(result.version().versionId())).orElse(true);
  }

  private static byte[] bytes(JsonObject<ApiException> image) {
    try {
      return Base64.getDecoder().decode(image.text("Bytes").orElseThrow());
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid("Bytes", "base64");
    }
  }

  private static Set<String> filter(JsonObject<ApiException> fields, String name) {
    return fields
        .object("Settings")
        .flatMap(settings -> settings.object("GeneralLabels"))
        .map(general -> Set.copyOf(general.texts(name)))
        .orElse(Set.of());
  }

  private Map<String, Object> answer(List<Score> scores) {
    return Json.object(
        "Labels", scores.stream().map(RekognitionRoute::label).toList(),
        "LabelModelVersion", model.hash());
  }

  private static Map<String, Object> label(Score score) {
    return Json.object(
        "Name", score.label(),
        "Confidence", score.score() * 100,
        "Instances", List.of(),
        "Parents", List.of(),
        "Aliases", List.of(),
        "Categories", List.of());
  }

  private static ApiResponse error(String type, String message) {
    String json = Json.write(Json.object("__type", type, "message", message));
    return ApiResponse.text(400, ApiResponse.JSON_TYPE, json).with("x-amzn-errortype", type);
  }
}
