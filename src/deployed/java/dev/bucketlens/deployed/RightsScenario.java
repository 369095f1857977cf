package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
 * emulator of its own that enforces rights. It denies what the bucket's policy denies to plain
 * HTTP, and knows no condition on the source of an event, so both are taken away.
 */
@ExtendWith(Deployed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RightsScenario {

  private static final String ACCOUNT = "000000000000";

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
    Map<String, String> parameters = new TreeMap<>(Cloud.PARAMETERS);
    parameters.putAll(
        Map.of(
            "Model", "s3://models/own.tflite",
            "ModelVersion", model("own"),
            "ShadowModel", "s3://models/shadow.tflite",
            "ShadowModelVersion", model("shadow"),
            "ShadowPercent", "100",
            "Events", "on",
            "BatchOperations", "on"));
    stack.create(cloud.packaged(), parameters);
  }

  /** Lays a model into a bucket, and returns the version that its file has there. */
  private String model(String name) {
    aws.s3().createBucket(r -> r.bucket("models"));
    version("models");
    Path file = Path.of("model", "clothing");
    aws.s3().putObject(r -> r.bucket("models").key(name + ".json"), Path.of(file + ".json"));
    return aws.s3()
        .putObject(r -> r.bucket("models").key(name + ".tflite"), Path.of(file + ".tflite"))
        .versionId();
  }

  private void version(String bucket) {
    aws.s3()
        .putBucketVersioning(r ->
            r.bucket(bucket)
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
  }

  @BeforeAll
  void put() {
    photos = new Photos(stack);
    aws.s3().deleteBucketPolicy(r -> r.bucket(photos.bucket()));
    JsonNode events = stack.rights("EventsRole").getFirst().get("PolicyDocument");
    statement(events, "TellEvents").remove("Condition");
    give("EventsRole", events);
    photos.put("plain.jpg", "crab.jpg");
    photos.put("read.jpg", "espresso.jpg");
    photos.awaitLabel("read.jpg");
    photos.awaitLabel("plain.jpg");
    version(photos.bucket());
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
    "UploadRole, ReadPhotos, s3:GetObject, SCORE_PLAIN",
    "UploadRole, ReadPhotos, s3:GetObjectVersion, SCORE_VERSION",
    "UploadRole, WriteResults, dynamodb:GetItem, SCORE_PLAIN",
    "UploadRole, WriteResults, dynamodb:PutItem, SCORE_PLAIN",
    "UploadRole, WriteResults, dynamodb:UpdateItem, SHADOW",
    "UploadRole, ReadModel, s3:GetObject, SCORE_PLAIN",
    "UploadRole, ReadModel, s3:GetObjectVersion, SCORE_PLAIN",
    "UploadRole, ReadShadowModel, s3:GetObject, SHADOW",
    "UploadRole, ReadShadowModel, s3:GetObjectVersion, SHADOW",
    "ApiRole, ReadResults, dynamodb:GetItem, READ_ONE",
    "ApiRole, ReadResults, dynamodb:Query, READ_MANY",
    "ApiRole, FindEarlierDays, dynamodb:Scan, READ_MANY",
    "ApiRole, WriteReviews, dynamodb:UpdateItem, REVIEW",
    "ApiRole, PresignUploads, s3:PutObject, UPLOAD",
    "ApiRole, PresignPreviews, s3:GetObject, PREVIEW",
    "ApiRole, PresignPreviews, s3:GetObjectVersion, PREVIEW_VERSION",
    "ApiRole, ReadModel, s3:GetObject, CLASSIFY",
    "ApiRole, ReadModel, s3:GetObjectVersion, CLASSIFY",
    "EventsRole, TellEvents, events:PutEvents, TELL",
  })
  void role_shouldDoItsWork_onlyWithThisRight(String role, String sid, String right, Work work) {
    assertThat(succeeds(work)).as("with all rights").isTrue();
    JsonNode rights = stack.rights(role).getFirst().get("PolicyDocument");

    give(role, without(sid, right, rights.deepCopy()));
    forgetModels(role, sid);

    assertThat(succeeds(work)).as("without " + right).isFalse();
    give(role, rights);
    forgetModels(role, sid);
  }

  /** A process reads its models once, and remembers that it could not. */
  private void forgetModels(String role, String sid) {
    if (sid.endsWith("Model")) {
      emulator.end(stack.physical(role.replace("Role", "Function")));
    }
  }

  /** What the emulator does not ask for by itself: what its IAM would say if it did. */
  @ParameterizedTest
  @CsvSource({
    "UploadRole, s3:ListBucket, arn:aws:s3:::{Images}",
    "UploadRole, sqs:ReceiveMessage, arn:aws:sqs:@:{UploadQueue}",
    "UploadRole, sqs:DeleteMessage, arn:aws:sqs:@:{UploadQueue}",
    "UploadRole, sqs:GetQueueAttributes, arn:aws:sqs:@:{UploadQueue}",
    "UploadRole, logs:CreateLogStream, arn:aws:logs:@:log-group:{UploadLogs}:log-stream:1",
    "UploadRole, logs:PutLogEvents, arn:aws:logs:@:log-group:{UploadLogs}:log-stream:1",
    "ApiRole, logs:CreateLogStream, arn:aws:logs:@:log-group:{ApiLogs}:log-stream:1",
    "ApiRole, logs:PutLogEvents, arn:aws:logs:@:log-group:{ApiLogs}:log-stream:1",
    "EventsRole, dynamodb:DescribeStream, arn:aws:dynamodb:@:table/{Results}/stream/1",
    "EventsRole, dynamodb:GetRecords, arn:aws:dynamodb:@:table/{Results}/stream/1",
    "EventsRole, dynamodb:GetShardIterator, arn:aws:dynamodb:@:table/{Results}/stream/1",
    "EventsRole, dynamodb:ListStreams, arn:aws:dynamodb:@:table/{Results}/stream/1",
    "EventsRole, sqs:SendMessage, arn:aws:sqs:@:{EventsDeadLetters}",
    "EventsRole, logs:CreateLogStream, arn:aws:logs:@:log-group:{EventsLogs}:log-stream:1",
    "EventsRole, logs:PutLogEvents, arn:aws:logs:@:log-group:{EventsLogs}:log-stream:1",
    "BatchRole, lambda:InvokeFunction, arn:aws:lambda:@:function:{UploadFunction}:live",
    "BatchRole, s3:ListBucket, arn:aws:s3:::{Images}",
    "BatchRole, s3:PutInventoryConfiguration, arn:aws:s3:::{Images}",
    "BatchRole, s3:GetObject, arn:aws:s3:::{Images}/manifest.csv",
    "BatchRole, s3:GetObjectVersion, arn:aws:s3:::{Images}/manifest.csv",
    "BatchRole, s3:PutObject, arn:aws:s3:::{BatchReports}/report.csv",
  })
  void role_shouldHaveThisRight_toThisAlone(String role, String right, String resource) {
    assertThat(decision(role, right, arn(resource, ""))).isEqualTo("allowed");
    assertThat(decision(role, right, arn(resource, "2"))).isEqualTo("implicitDeny");
  }

  enum Work {
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

  private boolean succeeds(Work work) {
    Functions functions = new Functions(stack);
    HttpApi api = new HttpApi(stack);
    return switch (work) {
      case SCORE_PLAIN -> isScored(functions.upload(event("plain.jpg", null)));
      case SCORE_VERSION -> isScored(functions.upload(event("versioned.jpg", version())));
      case SHADOW ->
          isScored(functions.upload(event("plain.jpg", null)))
              && photos.item("plain.jpg").containsKey("shadow");
      case CLASSIFY -> api.classify(Photos.sample("crab.jpg")).statusCode() == 200;
      case REVIEW -> review(api) == 200;
      case TELL -> functions.events(change()).get("batchItemFailures").isEmpty();
      case READ_ONE -> api.get("/images/" + photos.bucket() + "/read.jpg").statusCode() == 200;
      case READ_MANY -> api.get("/images").statusCode() == 200;
      case UPLOAD -> upload(api) < 300;
      case PREVIEW -> preview(api, "read.jpg") == 200;
      case PREVIEW_VERSION -> preview(api, "read-version.jpg") == 200;
    };
  }

  private int review(HttpApi api) {
    String review =
        """
        {"image": "s3://%s/read.jpg", "eTag": "%s", "label": "hat"}
        """
            .formatted(photos.bucket(), photos.item("read.jpg").get("eTag").s());
    return api.post("/reviews", review).statusCode();
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

  private void give(String role, JsonNode rights) {
    aws.cli(
        "iam",
        "put-role-policy",
        "--role-name",
        stack.physical(role),
        "--policy-name",
        role.replace("Role", "").toLowerCase(Locale.ROOT),
        "--policy-document",
        rights.toString());
  }

  private static JsonNode without(String sid, String right, JsonNode rights) {
    ObjectNode statement = statement(rights, sid);
    JsonNode actions = statement.get("Action");
    ArrayNode others = statement.putArray("Action");
    (actions.isArray() ? actions.valueStream() : Stream.of(actions))
        .map(JsonNode::asText)
        .forEach(it -> others.add(it.equals(right) ? "none:None" : it));
    return rights;
  }

  private static ObjectNode statement(JsonNode rights, String sid) {
    return (ObjectNode)
        rights
            .get("Statement")
            .valueStream()
            .filter(it -> it.path("Sid").asText().equals(sid))
            .findFirst()
            .orElseThrow();
  }

  /** With the account's part, and the physical name of what stands in braces. */
  private String arn(String resource, String suffix) {
    return Pattern.compile("\\{(\\w+)}")
        .matcher(resource.replace("@", "us-east-1:" + ACCOUNT))
        .replaceAll(it -> stack.physical(it.group(1)).replaceFirst("^http.*/", "") + suffix);
  }

  private String decision(String role, String right, String arn) {
    return aws.cli(
            "iam",
            "simulate-principal-policy",
            "--policy-source-arn",
            "arn:aws:iam::%s:role/%s".formatted(ACCOUNT, stack.physical(role)),
            "--action-names",
            right,
            "--resource-arns",
            arn)
        .at("/EvaluationResults/0/EvalDecision")
        .asText();
  }
}
