package dev.bucketlens.api;

import dev.bucketlens.classify.ClassifyOptions;
import dev.bucketlens.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a classification request asks for. Options come from the body or the query; the body wins.
 *
 * @param source where the pictures are
 * @param options which scores are wanted
 */
record ClassifyInput(ImageSource source, ClassifyOptions options) {

  private static final Set<String> OPTIONS = Set.of("maxResults", "minScore", "include", "exclude");
  private static final Set<String> BODY =
      Set.of("url", "urls", "maxResults", "minScore", "include", "exclude");

  /**
   * Reads a request.
   *
   * @param defaultResults how many scores where the request does not say
   */
  static ClassifyInput of(ApiRequest request, int defaultResults) {
    JsonObject<ApiException> query = RequestFields.ofTexts(request.query());
    query.allowOnly(OPTIONS);
    String type = request.mediaType();
    if (type.startsWith("image/") || type.equals("application/octet-stream")) {
      return new ClassifyInput(
          new ImageSource.Bytes(request.body()), options(query, defaultResults));
    }
    if (type.equals("multipart/form-data")) {
      return ofParts(Multipart.parse(request), query, defaultResults);
    }
    if (isJson(type, request.body())) {
      JsonObject<ApiException> body = RequestFields.ofJson(request.body());
      body.allowOnly(BODY);
      return ofUrls(body, query, defaultResults);
    }
    throw new ApiException(
        415,
        "UNSUPPORTED_MEDIA_TYPE",
        "Send application/json, image/*, application/octet-stream or multipart/form-data.",
        Map.of("accept-post", "application/json, image/*, multipart/form-data"));
  }

  /** Reads a direct invocation: one URL, and every label unless options say otherwise. */
  static ClassifyInput ofEvent(Map<String, Object> event) {
    JsonObject<ApiException> fields = RequestFields.of(event);
    fields.allowOnly(Set.of("url", "maxResults", "minScore", "include", "exclude"));
    return ofUrls(fields, RequestFields.of(Map.of()), ClassifyOptions.ALL);
  }

  private static ClassifyInput ofUrls(
      JsonObject<ApiException> body, JsonObject<ApiException> query, int defaultResults) {
    ClassifyOptions options = options(body.orElse(query), defaultResults);
    if (body.has("url") == body.has("urls")) {
      throw ApiException.invalid("url", "given, or else \"urls\", but not both");
    }
    if (body.has("urls")) {
      return new ClassifyInput(new ImageSource.Urls(body.texts("urls")), options);
    }
    return new ClassifyInput(new ImageSource.Url(body.text("url").orElseThrow()), options);
  }

  /** One file, or one field {@code url}; the other fields are options. */
  private static ClassifyInput ofParts(
      List<Multipart.Part> parts, JsonObject<ApiException> query, int results) {
    Map<String, String> fields = new LinkedHashMap<>();
    List<byte[]> files = new ArrayList<>();
    for (Multipart.Part part : parts) {
      if (part.isFile()) {
        files.add(part.content());
      } else {
        fields.put(part.name(), new String(part.content(), StandardCharsets.UTF_8));
      }
    }
    JsonObject<ApiException> body = RequestFields.ofTexts(fields);
    if (files.isEmpty()) {
      body.allowOnly(BODY);
      return ofUrls(body, query, results);
    }
    if (files.size() > 1) {
      throw new ApiException(
          400, "TOO_MANY_FILES", "Send one file a request; this one has " + files.size() + ".");
    }
    body.allowOnly(OPTIONS);
    return new ClassifyInput(
        new ImageSource.Bytes(files.getFirst()), options(body.orElse(query), results));
  }

  private static ClassifyOptions options(JsonObject<ApiException> fields, int defaultResults) {
    return new ClassifyOptions(
        fields.integer("maxResults", 1, Integer.MAX_VALUE).orElse(defaultResults),
        fields.share("minScore").map(Double::floatValue).orElse(ClassifyOptions.MODEL_THRESHOLD),
        Set.copyOf(fields.texts("include")),
        Set.copyOf(fields.texts("exclude")));
  }

  /** {@code curl -d} names no JSON unless told to; an opening brace is plain enough. */
  private static boolean isJson(String type, byte[] body) {
    return type.equals("application/json")
        || type.endsWith("+json")
        || (Set.of("", "text/plain", "application/x-www-form-urlencoded").contains(type)
            && body.length > 0
            && body[0] == '{');
  }
}
