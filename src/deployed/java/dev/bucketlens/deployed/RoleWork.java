package dev.bucketlens.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the roles of a stack are for: each thing done once, and whether it succeeded. */
final class RoleWork {

  enum Kind {
    SCORE_PLAIN,
    SCORE_VERSION,
    SHADOW,
    READ_ONE,
    READ_MANY,
    CLASSIFY,
    REVIEW,
    UPLOAD,
    PREVIEW,
    PREVIEW_VERSION,
    TELL
  }

  private final Aws aws;
  private final Photos photos;
  private final Functions functions;
  private final HttpApi api;

  RoleWork(Stack stack) {
    this.aws = stack.aws();
    this.photos = new Photos(stack);
    this.functions = new Functions(stack);
    this.api = new HttpApi(stack);
  }

  /** Puts the photos that it works on, half of them before the bucket has versions. */
  void prepare() {
    photos.put("plain.jpg", "crab.jpg");
    photos.put("read.jpg", "espresso.jpg");
    photos.awaitLabel("read.jpg");
    photos.awaitLabel("plain.jpg");
    aws.keepVersions(photos.bucket());
    photos.put("versioned.jpg", "kitten.jpg");
    photos.put("read-version.jpg", "espresso.jpg");
    photos.awaitLabel("versioned.jpg");
    photos.awaitLabel("read-version.jpg");
  }

  boolean succeeds(Kind work) {
    return switch (work) {
      case SCORE_PLAIN -> scores("plain.jpg", "");
      case SCORE_VERSION -> scores("versioned.jpg", version());
      case SHADOW -> scores("plain.jpg", "") && photos.item("plain.jpg").containsKey("shadow");
      case READ_ONE -> api.get("/images/" + photos.bucket() + "/read.jpg").statusCode() == 200;
      case READ_MANY -> api.get("/images").statusCode() == 200;
      case CLASSIFY -> api.classify(Photos.sample("crab.jpg")).statusCode() == 200;
      case REVIEW -> api.post("/reviews", review()).statusCode() == 200;
      case UPLOAD -> upload() < 300;
      case PREVIEW -> preview("read.jpg") == 200;
      case PREVIEW_VERSION -> preview("read-version.jpg") == 200;
      case TELL -> functions.events(change()).get("batchItemFailures").isEmpty();
    };
  }

  /** By an event later than all others, of content that the table does not know. */
  private boolean scores(String key, String version) {
    String eTag =
        aws.s3().headObject(r -> r.bucket(photos.bucket()).key(key)).eTag().replace("\"", "");
    photos.forget(key);
    String event =
        """
        {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "eventTime": "2026-11-20T09:30:15.123Z",
          "s3": {"bucket": {"name": "%s"}, "object": {"key": "%s", "size": 1, "eTag": "%s"%s, "sequencer": "%016X"}}}]}
        """
            .formatted(
                photos.bucket(),
                URLEncoder.encode(key, StandardCharsets.UTF_8),
                eTag,
                version,
                System.nanoTime());
    return !functions.upload(event).has("errorMessage");
  }

  private String version() {
    return ", \"versionId\": \"%s\""
        .formatted(
            aws.s3().headObject(r -> r.bucket(photos.bucket()).key("versioned.jpg")).versionId());
  }

  private String review() {
    return """
    {"image": "s3://%s/read.jpg", "eTag": "%s", "label": "hat"}
    """
        .formatted(photos.bucket(), photos.item("read.jpg").get("eTag").s());
  }

  /** As a browser does it, by the presigned form. */
  private int upload() {
    JsonNode place = json(api.post("/uploads", "{\"contentType\":\"image/jpeg\"}"));
    Map<String, String> fields = new LinkedHashMap<>();
    place.get("fields").properties().forEach(it -> fields.put(it.getKey(), it.getValue().asText()));
    return api.form(place.get("url").asText(), fields, Photos.sample("crab.jpg"));
  }

  private int preview(String key) {
    String path = "/images/" + photos.bucket() + "/" + key + "?previews=true";
    return api.outside(json(api.get(path)).get("preview").asText());
  }

  /** What the stream tells of a photo that was scored. */
  private String change() {
    JsonNode item =
        aws.cli(
                "dynamodb",
                "get-item",
                "--table-name",
                photos.table(),
                "--key",
                "{\"image\":{\"S\":\"s3://%s/read.jpg\"}}".formatted(photos.bucket()))
            .get("Item");
    return """
    {"Records": [{"eventName": "INSERT", "eventSource": "aws:dynamodb",
      "dynamodb": {"ApproximateCreationDateTime": 1.79577E9, "SequenceNumber": "1", "NewImage": %s}}]}
    """
        .formatted(item);
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return new JsonMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
