package dev.bucketlens;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bucketlens.results.TableDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;

/** What is deployed is what was tested: the template agrees with the code. */
class TemplateTest {

  private static final JsonNode RESOURCES = read().get("Resources");

  @Test
  void table_shouldHaveTheKeysAndIndexesThatTheCodeUses() {
    CreateTableRequest code = TableDefinition.createTable("any");
    JsonNode table = RESOURCES.get("Results").get("Properties");

    assertThat(keys(table.get("KeySchema"))).isEqualTo(keys(code.keySchema()));
    assertThat(table.get("GlobalSecondaryIndexes")).hasSize(code.globalSecondaryIndexes().size());
    code.globalSecondaryIndexes()
        .forEach(index ->
            assertThat(table.get("GlobalSecondaryIndexes"))
                .anySatisfy(it -> {
                  assertThat(it.get("IndexName").asText()).isEqualTo(index.indexName());
                  assertThat(keys(it.get("KeySchema"))).isEqualTo(keys(index.keySchema()));
                }));
  }

  @Test
  void preloadedLibrary_shouldBeInThePackage_onArm() {
    JsonNode choice = read().at("/Globals/Function/Environment/Variables/LD_PRELOAD");

    assertThat(choice.path(0).asText()).isEqualTo("OnArm");
    assertThat(choice.path(1).asText()).startsWith("/var/task/native/linux-aarch64/");
    assertThat(Path.of("src/main", choice.path(1).asText().substring("/var/task/".length())))
        .isRegularFile();
  }

  @Test
  void handlers_shouldExist() {
    assertThat(List.of("UploadFunction", "ApiFunction", "EventsFunction"))
        .allSatisfy(function ->
            assertThat(Class.forName(RESOURCES.at("/" + function + "/Properties/Handler").asText()))
                .isPublic());
  }

  @Test
  void queue_shouldOutlastTheFunction() {
    int timeout = RESOURCES.at("/UploadFunction/Properties/Timeout").asInt();

    assertThat(RESOURCES.at("/UploadQueue/Properties/VisibilityTimeout").asInt())
        .isGreaterThanOrEqualTo(6 * timeout);
  }

  @Test
  void queue_shouldTryAgain_whenAReceiveIsThrottled() {
    assertThat(RESOURCES.at("/UploadQueue/Properties/RedrivePolicy/maxReceiveCount").asInt())
        .isGreaterThanOrEqualTo(5);
  }

  @Test
  void queue_shouldTakeEventsOfAnyBucketOfTheAccount() {
    JsonNode statement =
        RESOURCES.at("/UploadQueuePolicy/Properties/PolicyDocument/Statement").get(0);

    assertThat(statement.get("Condition").toString())
        .isEqualTo("{\"StringEquals\":{\"aws:SourceAccount\":\"AWS::AccountId\"}}");
  }

  @Test
  void resources_shouldBeNamedByCloudFormation_soThatAStackCanBeMadeAgain() {
    assertThat(RESOURCES.valueStream().map(it -> it.get("Properties")))
        .allSatisfy(properties ->
            assertThat(properties.fieldNames())
                .toIterable()
                .doesNotContain(
                    "BucketName",
                    "QueueName",
                    "TableName",
                    "RoleName",
                    "LogGroupName",
                    "AlarmName"));
  }

  @Test
  void rights_shouldNameWhatMayBeDoneAndToWhat() {
    List<JsonNode> statements = new ArrayList<>();
    ofType("AWS::IAM::Role")
        .flatMap(role -> role.findValues("PolicyDocument").stream())
        .forEach(document -> statements.addAll(document.findParents("Sid")));

    assertThat(statements)
        .isNotEmpty()
        .allSatisfy(statement -> {
          assertThat(texts(statement.get("Action"))).noneMatch(right -> right.contains("*"));
          // X-Ray knows no resources.
          if (!statement.get("Sid").asText().equals("SendTraces")) {
            assertThat(texts(statement.get("Resource"))).doesNotContain("*");
          }
        });
  }

  /** The API's role gets a right to the bucket's key only where it signs for photos. */
  @Test
  void keyOfTheBucket_shouldBeOpenOnlyToWhatSigns() {
    assertThat(read().at("/Conditions/HasPresignedKey").toString())
        .isEqualTo("[\"HasBucketKey\",[\"HasPreviews\",\"HasUploads\"]]");
    assertThat(read().at("/Conditions/HasBucketKey/0").asText()).isEqualTo("JoinBucket");
    assertThat(
            RESOURCES
                .at("/ApiRole/Properties/Policies/0/PolicyDocument/Statement")
                .valueStream()
                .filter(it -> it.at("/1/Sid").asText().equals("UseKeyOfPhotos"))
                .map(it -> it.get(0).asText()))
        .containsExactly("HasPresignedKey");
  }

  @Test
  void buckets_shouldBePrivateEncryptedAndKept() {
    assertThat(ofType("AWS::S3::Bucket"))
        .hasSize(2)
        .allSatisfy(bucket -> {
          assertThat(bucket.at("/DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
          assertThat(bucket.at("/UpdateReplacePolicy").asText()).isEqualTo("Retain");
          assertThat(bucket.at("/Properties/PublicAccessBlockConfiguration"))
              .hasSize(4)
              .allMatch(JsonNode::asBoolean);
          assertThat(bucket.findValuesAsText("SSEAlgorithm")).containsExactly("AES256");
        });
    assertThat(ofType("AWS::S3::BucketPolicy").map(policy -> policy.findValuesAsText("Sid")))
        .hasSize(2)
        .containsOnly(List.of("TlsOnly"));
  }

  @Test
  void results_shouldSurviveAMistake() {
    JsonNode table = RESOURCES.get("Results");

    assertThat(table.get("DeletionPolicy").asText()).isEqualTo("RetainExceptOnCreate");
    assertThat(table.findValue("PointInTimeRecoveryEnabled").asBoolean()).isTrue();
  }

  @Test
  void alarms_shouldTellTheTopic() {
    assertThat(ofType("AWS::CloudWatch::Alarm").map(alarm -> alarm.at("/Properties/AlarmActions")))
        .hasSize(12)
        .allSatisfy(actions -> assertThat(actions.toString()).contains("\"AlarmTopic\""));
  }

  @Test
  void logs_shouldEnd() {
    assertThat(ofType("AWS::Logs::LogGroup"))
        .hasSize(4)
        .allMatch(group -> group.at("/Properties").has("RetentionInDays"));
  }

  private static Stream<JsonNode> ofType(String type) {
    return RESOURCES.valueStream().filter(it -> it.get("Type").asText().equals(type));
  }

  /** A text, a list of texts, or one that a function of CloudFormation makes. */
  private static List<String> texts(JsonNode value) {
    return value.isArray()
        ? value.valueStream().map(JsonNode::asText).toList()
        : List.of(value.asText());
  }

  private static List<String> keys(JsonNode schema) {
    List<String> keys = new ArrayList<>();
    schema.forEach(
        key -> keys.add(key.get("AttributeName").asText() + ' ' + key.get("KeyType").asText()));
    return keys;
  }

  private static List<String> keys(List<KeySchemaElement> schema) {
    return schema.stream().map(key -> key.attributeName() + ' ' + key.keyTypeAsString()).toList();
  }

  private static JsonNode read() {
    try {
      return new YAMLMapper().readTree(Path.of("template.yaml").toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
