package dev.bucketlens.api;

import dev.bucketlens.json.Json;
import dev.bucketlens.json.JsonObject;
import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.ResultPage;
import dev.bucketlens.results.ResultQuery;
import dev.bucketlens.results.ResultStore;
import dev.bucketlens.results.ReviewList;
import dev.bucketlens.results.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code GET /images} and {@code GET /images/{bucket}/{key+}}: what is in the table. */
final class ImagesRoute {

  private static final int DEFAULT_LIMIT = 24;
  private static final int MAX_LABEL = 512;
  private static final Set<String> PARAMETERS =
      Set.of(
          "label",
          "minScore",
          "status",
          "prefix",
          "day",
          "review",
          "limit",
          "cursor",
          "previews",
          "format");

  private static final Map<String, ReviewList> REVIEWS =
      Map.of("open", ReviewList.OPEN, "done", ReviewList.DONE);

  private final ResultStore results;
  private final Previews previews;
  private final Cursor cursors;
  private final String bucket;

  ImagesRoute(ResultStore results, Previews previews, Cursor cursors, String bucket) {
    this.results = results;
    this.previews = previews;
    this.cursors = cursors;
    this.bucket = bucket;
  }

  /** Lists. The tag leaves previews out: they change with the clock and mean the same. */
  ApiResponse list(ApiRequest request, Map<String, String> path) {
    JsonObject<ApiException> fields = RequestFields.ofTexts(request.query());
    fields.allowOnly(PARAMETERS);
    boolean withPreviews = fields.flag("previews").orElse(false);
    ResultQuery query = query(fields);
    if (fields.has("cursor")) {
      query = query.from(cursors.read(fields.text("cursor").orElseThrow(), query));
    }
    ResultPage page = results.query(query);
    ResultQuery asked = query;
    String next = page.next().map(place -> cursors.write(place, asked)).orElse(null);
    ListingFormat format =
        fields
            .choice("format", ListingFormat.BY_NAME)
            .orElseGet(() -> ListingFormat.accepted(request.header("accept")));
    String tag = EntityTag.weak(format + Json.write(answer(page, next, false)));
    ApiResponse response = body(format, page, next, withPreviews).with("vary", "Accept");
    return EntityTag.answer(
        request, tag, next == null ? response : response.with("link", nextPage(request, next)));
  }

  private ApiResponse body(
      ListingFormat format, ResultPage page, String next, boolean withPreviews) {
    return switch (format) {
      case JSON -> ApiResponse.json(answer(page, next, withPreviews));
      case CSV ->
          ApiResponse.text(200, format.contentType(), ImageTable.csv(page.results()))
              .with("content-disposition", "attachment; filename=\"images.csv\"");
      case JSONL ->
          ApiResponse.text(200, format.contentType(), ImageTable.jsonLines(page.results()))
              .with("content-disposition", "attachment; filename=\"images.jsonl\"");
    };
  }

  /** The same query from where this page ends, relative to this address (RFC 8288). */
  private static String nextPage(ApiRequest request, String cursor) {
    Map<String, String> query = new TreeMap<>(request.query());
    query.put("cursor", cursor);
    return query.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", "<?", ">; rel=\"next\""));
  }

  ApiResponse find(ApiRequest request, Map<String, String> path) {
    JsonObject<ApiException> fields = RequestFields.ofTexts(request.query());
    fields.allowOnly(Set.of("previews"));
    boolean withPreview = fields.flag("previews").orElse(false);
    String image = ImageResult.imageOf(path.get("bucket"), path.get("key"));
    ImageResult result =
        results
            .find(image)
            .orElseThrow(() -> ApiException.notFound("The table holds no result for this image."));
    return ApiResponse.json(item(result, withPreview));
  }

  private Map<String, Object> answer(ResultPage page, String next, boolean withPreviews) {
    List<Map<String, Object>> items =
        page.results().stream().map(result -> item(result, withPreviews)).toList();
    Map<String, Object> answer = Json.object("images", items);
    if (next != null) {
      answer.put("cursor", next);
    }
    return answer;
  }

  private Map<String, Object> item(ImageResult result, boolean withPreview) {
    Map<String, Object> json = ResultJson.of(result);
    if (withPreview) {
      previews.of(result).ifPresent(url -> json.put("preview", url.toString()));
    }
    return json;
  }

  private ResultQuery query(JsonObject<ApiException> fields) {
    ResultQuery query = ResultQuery.newest(fields.integer("limit", 1, 100).orElse(DEFAULT_LIMIT));
    return query
        .withLabel(fields.text("label").map(ImagesRoute::label).orElse(null))
        .withMinScore(fields.share("minScore").map(Double::floatValue).orElse(null))
        .withStatus(fields.text("status").map(ImagesRoute::status).orElse(null))
        .withPrefix(fields.text("prefix").map(this::prefix).orElse(null))
        .withDay(fields.text("day").map(ImagesRoute::day).orElse(null))
        .withReview(fields.choice("review", REVIEWS).orElse(null));
  }

  /** A prefix is one of keys in the deployment's bucket, unless it names another bucket itself. */
  private String prefix(String prefix) {
    return prefix.startsWith(ImageResult.SCHEME) ? prefix : ImageResult.imageOf(bucket, prefix);
  }

  /** Within what the table takes as a key. */
  private static String label(String label) {
    if (label.isEmpty() || label.codePointCount(0, label.length()) > MAX_LABEL) {
      throw ApiException.invalid("label", "a label of 1 to " + MAX_LABEL + " characters");
    }
    return label;
  }

  private static Status status(String name) {
    return switch (name) {
      case "CLASSIFIED" -> Status.CLASSIFIED;
      case "REJECTED" -> Status.REJECTED;
      default -> throw ApiException.invalid("status", "CLASSIFIED or REJECTED");
    };
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw ApiException.invalid("day", "a date like 2026-01-31");
    }
  }
}
