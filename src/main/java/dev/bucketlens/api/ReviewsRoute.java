package dev.bucketlens.api;

import dev.bucketlens.json.Json;
import dev.bucketlens.json.JsonObject;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.Review;
import dev.bucketlens.results.ReviewConflict;
import dev.bucketlens.results.ReviewPolicy;
import dev.bucketlens.results.Status;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code POST /reviews}: what a person says that an image shows, one or several at once. A review
 * is written only where the object is still what the person saw.
 */
final class ReviewsRoute {
  /** Written one after the other within the time of one request. */
  static final int MOST = 25;

  private static final int MAX_LABEL = 256;
  private static final int MAX_IMAGE = 2048;
  private static final String ANYBODY = "anonymous";
  private static final Set<String> FIELDS = Set.of("image", "eTag", "label", "withdraw");

  private final ResultStore results;
  private final Set<String> labels;
  private final Clock clock;

  /**
   * @param labels the model's; others are taken and marked
   */
  ReviewsRoute(ResultStore results, List<String> labels, Clock clock) {
    this.results = results;
    this.labels = Set.copyOf(labels);
    this.clock = clock;
  }

  /**
   * One review of a request.
   *
   * @param label null if none of the labels fits
   * @param withdraw whether an earlier review is taken back instead
   */
  private record Said(String image, String eTag, String label, boolean withdraw) {}

  ApiResponse create(ApiRequest request, Map<String, String> path) {
    JsonObject<ApiException> fields = RequestFields.ofJson(request.body());
    String by = request.caller().orElse(ANYBODY);
    if (!fields.has("reviews")) {
      return ApiResponse.json(write(said(fields), by));
    }
    fields.allowOnly(Set.of("reviews"));
    List<JsonObject<ApiException>> several = fields.objects("reviews");
    if (several.isEmpty() || several.size() > MOST) {
      throw ApiException.invalid("reviews", "a list of 1 to " + MOST + " reviews");
    }
    List<Said> all = several.stream().map(ReviewsRoute::said).toList();
    List<Map<String, Object>> answers = new ArrayList<>();
    for (Said said : all) {
      answers.add(writeOrTell(said, by));
    }
    return ApiResponse.json(Json.object("reviews", answers));
  }

  private static Said said(JsonObject<ApiException> fields) {
    fields.allowOnly(FIELDS);
    String image = fields.requiredText("image");
    if (!image.matches("s3://[^/]+/(?s:.+)") || image.length() > MAX_IMAGE) {
      throw fields.wrong("image", "s3://bucket/key");
    }
    String eTag = fields.requiredText("eTag");
    if (eTag.isEmpty() || eTag.length() > MAX_LABEL) {
      throw fields.wrong("eTag", "the eTag of the result that was reviewed");
    }
    boolean withdraw = fields.flag("withdraw").orElse(false);
    if (withdraw == fields.has("label")) {
      throw fields.wrong("label", "a label, or null for none of them, unless \"withdraw\" is true");
    }
    return new Said(image, eTag, withdraw ? null : label(fields), withdraw);
  }

  private static String label(JsonObject<ApiException> fields) {
    if (fields.any("label").isEmpty()) {
      return null;
    }
    String label = fields.requiredText("label").strip();
    if (label.isEmpty()
        || label.codePointCount(0, label.length()) > MAX_LABEL
        || label.codePoints().anyMatch(ReviewsRoute::endsLine)
        || label.codePoints().noneMatch(ReviewsRoute::isVisible)) {
      throw fields.wrong(
          "label",
          "a line of 1 to %d characters that can be seen, or null for none of the labels"
              .formatted(MAX_LABEL));
    }
    return label;
  }

  /** A label is a line of a file, a cell of a table and the name of a folder. */
  private static boolean endsLine(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.SPACE_SEPARATOR, Character.FORMAT, Character.UNASSIGNED -> false;
      default -> true;
    };
  }

  private Map<String, Object> writeOrTell(Said said, String by) {
    try {
      return write(said, by);
    } catch (ApiException e) {
      return Json.object("image", said.image(), "error", Problem.of(e).error());
    }
  }

  private Map<String, Object> write(Said said, String by) {
    ImageResult known =
        results.find(said.image()).orElseThrow(() -> refusal(ReviewConflict.UNKNOWN));
    if (said.withdraw() && known.status() == Status.CLASSIFIED && known.review().isEmpty()) {
      throw new ApiException(409, "NOT_REVIEWED", "Nobody has said anything of this image.");
    }
    Review review = said.withdraw() ? ReviewPolicy.askAgain(known) : done(said, by, known);
    Optional<ReviewConflict> conflict = results.review(said.image(), said.eTag(), review);
    if (conflict.isPresent()) {
      throw refusal(conflict.get());
    }
    Map<String, Object> answer =
        Json.object("image", said.image(), "review", ResultJson.review(review));
    known.reviewed().ifPresent(earlier -> answer.put("replaced", ResultJson.review(earlier)));
    return answer;
  }

  private Review.Done done(Said said, String by, ImageResult known) {
    return new Review.Done(
        said.label(),
        said.label() == null || labels.contains(said.label()),
        by,
        clock.instant(),
        known.review().filter(Review::sampled).isPresent());
  }

  private static ApiException refusal(ReviewConflict conflict) {
    return switch (conflict) {
      case UNKNOWN -> ApiException.notFound("The table holds no result for this image.");
      case DELETED -> new ApiException(410, "DELETED", "The image is gone from the bucket.");
      case REJECTED ->
          new ApiException(409, "NOT_CLASSIFIED", "The image was rejected; it has no scores.");
      case CHANGED ->
          new ApiException(
              409,
              "CONTENT_CHANGED",
              "The object is another than the one with this eTag; look again.");
    };
  }
}
