package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * Each role does its work with the rights of the template, and not without any of them. On an
 * emulator of its own that enforces rights. It does not ask for those to take events, to write logs
 * and to tell what is gone from what is forbidden, and denies what the bucket's policy denies to
 * plain HTTP, so that policy is taken away.
 */
@ExtendWith(Deployed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RightsScenario {

  private final Emulator emulator;
  private final Aws aws;
  private final Stack stack;
  private Photos photos;

  RightsScenario(Cloud cloud) {
    this.emulator =
        Emulator.start(
            cloud.tools(), Cloud.FOLDER.resolve("strict-emulator"), Map.of("AUTH", "true"));
    this.aws = new Aws(cloud.tools(), emulator.endpoint(), Region.US_EAST_1);
    this.stack = new Stack(aws, "rights");
    Code.of(cloud.packaged()).copy(cloud.aws(), aws);
    stack.create(cloud.packaged(), Cloud.PARAMETERS);
  }

  @BeforeAll
  void put() {
    photos = new Photos(stack);
    aws.s3().deleteBucketPolicy(r -> r.bucket(photos.bucket()));
    photos.put("plain.jpg", "crab.jpg");
    photos.put("read.jpg", "espresso.jpg");
    photos.awaitLabel("read.jpg");
    photos.awaitLabel("plain.jpg");
    aws.s3()
        .putBucketVersioning(r ->
            r.bucket(photos.bucket())
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
    photos.put("versioned.jpg", "kitten.jpg");
    photos.put("read-version.jpg", "espresso.jpg");
    photos.awaitLabel("versioned.jpg");
    photos.awaitLabel("read-version.jpg");
  }

  @AfterAll
  void stop() {
    aws.close();
    emulator.close();
  }

  @ParameterizedTest
  @CsvSource({
    "UploadRole, upload, s3:GetObject, SCORE_PLAIN",
    "UploadRole, upload, s3:GetObjectVersion, SCORE_VERSION",
    "UploadRole, upload, dynamodb:GetItem, SCORE_PLAIN",
    "UploadRole, upload, dynamodb:PutItem, SCORE_PLAIN",
    "ApiRole, api, dynamodb:GetItem, READ_ONE",
    "ApiRole, api, dynamodb:Query, READ_MANY",
    "ApiRole, api, dynamodb:Scan, READ_MANY",
    "ApiRole, api, s3:PutObject, UPLOAD",
    "ApiRole, api, s3:GetObject, PREVIEW",
    "ApiRole, api, s3:GetObjectVersion, PREVIEW_VERSION",
  })
  void role_shouldDoItsWork_onlyWithThisRight(String role, String policy, String right, Work work)
      throws IOException {
    assertThat(succeeds(work)).as("with all rights").isTrue();
    String name = stack.physical(role);
    JsonNode rights =
        aws.cli("iam", "get-role-policy", "--role-name", name, "--policy-name", policy)
            .get("PolicyDocument");

    give(name, policy, without(right, rights.deepCopy()));

    assertThat(succeeds(work)).as("without " + right).isFalse();
    give(name, policy, rights);
  }

  enum Work {
    SCORE_PLAIN,
    SCORE_VERSION,
    READ_ONE,
    READ_MANY,
    UPLOAD,
    PREVIEW,
    PREVIEW_VERSION
  }

  private boolean succeeds(Work work) {
    Functions functions = new Functions(stack);
    HttpApi api = new HttpApi(stack);
    return switch (work) {
      case SCORE_PLAIN -> isScored(functions.upload(event("plain.jpg", null)));
      case SCORE_VERSION -> isScored(functions.upload(event("versioned.jpg", version())));
      case READ_ONE -> api.get("/images/" + photos.bucket() + "/read.jpg").statusCode() == 200;
      case READ_MANY -> api.get("/images").statusCode() == 200;
      case UPLOAD -> upload(api) < 300;
      case PREVIEW -> preview(api, "read.jpg") == 200;
      case PREVIEW_VERSION -> preview(api, "read-version.jpg") == 200;
    };
  }

  /** As a browser does it, by the presigned form. */
  private static int upload(HttpApi api) {
    JsonNode place = json(api.post("/uploads", "{\"contentType\":\"image/jpeg\"}"));
    Map<String, String> fields = new LinkedHashMap<>();
    place.get("fields").properties().forEach(it -> fields.put(it.getKey(), it.getValue().asText()));
    return api.form(place.get("url").asText(), fields, Photos.sample("crab.jpg"));
  }

  private int preview(HttpApi api, String key) {
    String path = "/images/" + photos.bucket() + "/" + key + "?previews=true";
    return api.outside(json(api.get(path)).get("preview").asText());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    try {
      return new JsonMapper().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isScored(JsonNode answer) {
    return !answer.has("errorMessage");
  }

  private String version() {
    return aws.s3().headObject(r -> r.bucket(photos.bucket()).key("versioned.jpg")).versionId();
  }

  /** Later than all others, and of other content: it has to be read and written. */
  private String event(String key, String version) {
    String eTag =
        aws.s3().headObject(r -> r.bucket(photos.bucket()).key(key)).eTag().replace("\"", "");
    photos.forget(key);
    return """
    {"Records": [{"eventSource": "aws:s3", "eventName": "ObjectCreated:Put", "eventTime": "2026-11-20T09:30:15.123Z",
      "s3": {"bucket": {"name": "%s"}, "object": {"key": "%s", "size": 1, "eTag": "%s"%s, "sequencer": "%016X"}}}]}
    """
        .formatted(
            photos.bucket(),
            URLEncoder.encode(key, StandardCharsets.UTF_8),
            eTag,
            version == null ? "" : ", \"versionId\": \"" + version + '"',
            System.nanoTime());
  }

  private void give(String role, String policy, JsonNode rights) {
    aws.cli(
        "iam",
        "put-role-policy",
        "--role-name",
        role,
        "--policy-name",
        policy,
        "--policy-document",
        rights.toString());
  }

  private static JsonNode without(String right, JsonNode rights) throws IOException {
    for (JsonNode statement : rights.get("Statement")) {
      if (statement.get("Action") instanceof ArrayNode actions) {
        for (int i = actions.size() - 1; i >= 0; i--) {
          if (actions.get(i).asText().equals(right)) {
            actions.remove(i);
          }
        }
      }
    }
    return new JsonMapper()
        .readTree(
            rights.toString().replace("\"Action\":\"" + right + '"', "\"Action\":\"none:None\""));
  }
}
