package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;

/**
 * Each role does its work with the rights of the template, and not without any of them. On an
 * emulator of its own that enforces rights. It denies what the bucket's policy denies to plain
 * HTTP, and knows no condition on the source of an event, so both are taken away.
 */
@ExtendWith(Deployed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RightsScenario {

  private final Emulator emulator;
  private final Aws aws;
  private final Stack stack;
  private final Roles roles;
  private RoleWork work;

  RightsScenario(Cloud cloud) {
    this.emulator =
        Emulator.start(
            cloud.tools(), Cloud.FOLDER.resolve("strict-emulator"), Map.of("AUTH", "true"));
    this.aws = new Aws(cloud.tools(), emulator.endpoint(), Region.US_EAST_1);
    this.stack = new Stack(aws, "rights");
    this.roles = new Roles(stack);
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
    aws.keepVersions("models");
    Path file = Path.of("model", "clothing");
    aws.s3().putObject(r -> r.bucket("models").key(name + ".json"), Path.of(file + ".json"));
    return aws.s3()
        .putObject(r -> r.bucket("models").key(name + ".tflite"), Path.of(file + ".tflite"))
        .versionId();
  }

  @BeforeAll
  void prepare() {
    aws.s3().deleteBucketPolicy(r -> r.bucket(stack.output("Bucket")));
    roles.give("EventsRole", Roles.withoutCondition(roles.rights("EventsRole"), "TellEvents"));
    work = new RoleWork(stack);
    work.prepare();
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
  void role_shouldDoItsWork_onlyWithThisRight(
      String role, String sid, String right, RoleWork.Kind kind) {
    assertThat(work.succeeds(kind)).as("with all rights").isTrue();
    JsonNode rights = roles.rights(role);

    roles.give(role, Roles.without(rights, sid, right));
    forgetModels(role, sid);

    assertThat(work.succeeds(kind)).as("without " + right).isFalse();
    roles.give(role, rights);
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
    "EventsRole, events:PutEvents, arn:aws:events:@:event-bus/{default}",
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
    assertThat(roles.decision(role, right, resource, "")).isEqualTo("allowed");
    assertThat(roles.decision(role, right, resource, "2")).isEqualTo("implicitDeny");
  }
}
