package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A parameter changed on a running stack is seen by what is live. One stack goes from change to
 * change.
 */
@ExtendWith(Deployed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ParametersScenario {
  private final Cloud cloud;
  private final Stack stack;
  private final Functions functions;
  private final Roles roles;

  ParametersScenario(Cloud cloud) {
    this.cloud = cloud;
    this.stack = cloud.stack("settings");
    this.functions = new Functions(stack);
    this.roles = new Roles(stack);
  }

  @BeforeAll
  void create() {
    stack.create(cloud.packaged(), Map.of());
  }

  @Test
  @Order(1)
  void oneChange_shouldPublishAVersionOfTheFunctionThatReadsIt() {
    stack.update(cloud.packaged(), Map.of("UrlFetch", "off"));

    assertThat(variables("ApiFunction").get("URL_FETCH").asText()).isEqualTo("off");
    assertThat(functions.versions("ApiFunction")).as("the old one to go back to").isEqualTo(2);
    assertThat(functions.versions("UploadFunction")).isEqualTo(1);
  }

  @Test
  @Order(2)
  void longLists_shouldReachWhatIsLive() {
    String labels = "tabby cat,".repeat(100) + "espresso";

    stack.update(cloud.packaged(), Map.of("IncludeLabels", labels));

    assertThat(variables("UploadFunction").get("INCLUDE_LABELS").asText()).isEqualTo(labels);
    assertThat(variables("ApiFunction").get("INCLUDE_LABELS").asText()).isEqualTo(labels);
  }

  @Test
  @Order(3)
  void changes_shouldAllReachWhatIsLive() {
    stack.update(cloud.packaged(), ChangedParameters.CHANGED);

    JsonNode api = functions.live("ApiFunction");
    Map<String, String> seen = new TreeMap<>();
    api.at("/Environment/Variables")
        .properties()
        .forEach(it -> seen.put(it.getKey(), it.getValue().asText()));
    assertThat(seen).containsAllEntriesOf(ChangedParameters.SEEN);
    assertThat(api.get("MemorySize").asInt()).isEqualTo(1024);
    assertThat(functions.live("UploadFunction").get("MemorySize").asInt()).isEqualTo(1024);
    for (String function : List.of("ApiFunction", "UploadFunction", "EventsFunction")) {
      assertThat(functions.live(function).at("/TracingConfig/Mode").asText())
          .as(function)
          .isEqualTo("Active");
    }
  }

  @Test
  @Order(4)
  void changes_shouldReachWhatIsAroundTheFunctions() {
    assertThat(
            cli(
                    "lambda",
                    "list-event-source-mappings",
                    "--function-name",
                    stack.physical("UploadFunction") + ":live")
                .at("/EventSourceMappings/0/ScalingConfig/MaximumConcurrency")
                .asInt())
        .isEqualTo(7);
    List<String> logs = List.of(stack.physical("UploadLogs"), stack.physical("ApiLogs"));
    assertThat(cli("logs", "describe-log-groups").get("logGroups").valueStream())
        .filteredOn(group -> logs.contains(group.get("logGroupName").asText()))
        .hasSize(2)
        .allSatisfy(group -> assertThat(group.get("retentionInDays").asInt()).isEqualTo(7));
    assertThat(cli("cloudwatch", "describe-alarms").get("MetricAlarms").valueStream())
        .filteredOn(alarm -> alarm.get("AlarmName").asText().startsWith("settings-"))
        .isNotEmpty()
        .allSatisfy(alarm ->
            assertThat(alarm.at("/AlarmActions/0").asText()).isEqualTo(ChangedParameters.TOPIC));
    assertThat(roles.rights("BatchRole").toString()).contains("lambda:InvokeFunction");
    for (String role : List.of("ApiRole", "UploadRole", "EventsRole")) {
      assertThat(roles.rights(role).toString()).as(role).contains("xray:PutTraceSegments");
    }
    assertThat(
            cli(
                    "lambda",
                    "list-event-source-mappings",
                    "--function-name",
                    stack.physical("EventsFunction") + ":live")
                .at("/EventSourceMappings/0/EventSourceArn")
                .asText())
        .contains(stack.physical("Results") + "/stream/");
  }

  @Test
  @Order(5)
  void scores_shouldBeThoseOfTheNewModel_underTheNewPrefix() {
    Photos photos = new Photos(stack);

    photos.put("out/kitten.jpg", "kitten.jpg");
    photos.put("in/kitten.png", "kitten.jpg");
    photos.put("in/kitten.jpg", "kitten.jpg");

    assertThat(photos.await("in/kitten.jpg", it -> it.containsKey("model")).get("model").s())
        .isEqualTo("clothing");
    Map<String, AttributeValue> shadow =
        photos.await("in/kitten.jpg", it -> it.containsKey("shadow")).get("shadow").m();
    assertThat(shadow.get("model").s()).isEqualTo("clothing");
    assertThat(shadow.get("label").s()).isEqualTo("t-shirt");
    assertThat(photos.item("out/kitten.jpg")).isEmpty();
    assertThat(photos.item("in/kitten.png")).isEmpty();
  }

  @Test
  @Order(6)
  void photo_shouldBeRejected_whenItIsOverTheNewLimit() {
    Photos photos = new Photos(stack);

    photos.put("in/large.jpg", "gibbon.jpg");

    assertThat(photos.await("in/large.jpg", it -> it.containsKey("rejection")).get("status").s())
        .isEqualTo("REJECTED");
  }

  @Test
  @Order(7)
  void api_shouldFetchNoUrl_whenThatIsTurnedOff() {
    assertThat(
            new HttpApi(stack)
                .post("/classify", "{\"url\":\"https://example.com/a.jpg\"}")
                .statusCode())
        .isEqualTo(403);
  }

  /** The last, because nothing here can run it. */
  @Test
  @Order(8)
  void changes_shouldReachWhatIsLive_thatTheEmulatorCannotRun() {
    stack.update(
        cloud.packaged(),
        Map.of(
            "Architecture",
            "arm64",
            "ExistingBucket",
            cloud.stack().output("Bucket"),
            "BucketKey",
            ChangedParameters.KEY));

    for (String function : List.of("UploadFunction", "ApiFunction")) {
      JsonNode live = functions.live(function);
      assertThat(live.at("/Architectures/0").asText()).isEqualTo("arm64");
      assertThat(live.at("/Environment/Variables/LD_PRELOAD").asText()).contains("aarch64");
    }
    assertThat(roles.rights("UploadRole").toString())
        .contains("kms:Decrypt", ChangedParameters.KEY);
    assertThat(roles.rights("ApiRole").toString()).contains("kms:Decrypt", ChangedParameters.KEY);
  }

  /** The emulator has no CodeDeploy: it refuses that, and nothing else, before it begins. */
  @Test
  @Order(9)
  void rollout_shouldGoByCodeDeploy() {
    assertThatThrownBy(
            () -> stack.update(cloud.packaged(), Map.of("Rollout", "Canary10Percent5Minutes")))
        .hasMessageContaining(
            "Unrecognized resource types: [AWS::CodeDeploy::Application,"
                + " AWS::CodeDeploy::DeploymentGroup]");
  }

  private JsonNode cli(String... arguments) {
    return cloud.aws().cli(arguments);
  }

  private JsonNode variables(String function) {
    return functions.live(function).at("/Environment/Variables");
  }
}
