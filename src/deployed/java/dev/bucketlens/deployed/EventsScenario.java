package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.support.ui.FluentWait;
import software.amazon.awssdk.services.sqs.model.Message;

/** With {@code Events=on}, a rule of the user's hears of a photo from its upload to its end. */
@ExtendWith(Deployed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EventsScenario {
  private final Cloud cloud;
  private final Aws aws;
  private final Stack stack;
  private Photos photos;
  private Queue queue;

  EventsScenario(Cloud cloud) {
    this.cloud = cloud;
    this.aws = cloud.aws();
    this.stack = cloud.stack("events");
  }

  @BeforeAll
  void listen() {
    stack.create(cloud.packaged(), Map.of("ApiAccess", "public", "Events", "on"));
    photos = new Photos(stack);
    queue = Queue.create(aws.sqs(), "listener");
    aws.cli(
        "events",
        "put-rule",
        "--name",
        "listener",
        "--event-pattern",
        """
        {"source": ["bucketlens"], "detail": {"bucket": ["%s"]}}
        """
            .formatted(photos.bucket()));
    aws.cli(
        "events", "put-targets", "--rule", "listener", "--targets", "Id=queue,Arn=" + queue.arn());
  }

  @Test
  void rule_shouldHearOfAPhoto_fromItsUploadToItsEnd() {
    photos.put("told/crab.jpg", "crab.jpg");
    JsonNode classified = awaitEvent();
    photos.delete("told/crab.jpg");
    JsonNode deleted = awaitEvent();

    assertThat(classified.get("detail-type").asText()).isEqualTo("Image Classified");
    assertThat(classified.at("/detail/label").asText()).isEqualTo("rock crab");
    assertThat(deleted.get("detail-type").asText()).isEqualTo("Image Deleted");
    assertThat(deleted.at("/detail/sequence").asText())
        .isGreaterThan(classified.at("/detail/sequence").asText());
  }

  @Test
  void item_shouldBeADeadLetter_whenAnotherProgramWroteIt() {
    aws.cli(
        "dynamodb",
        "put-item",
        "--table-name",
        stack.output("Table"),
        "--item",
        """
        {"image": {"S": "s3://%s/foreign.jpg"}, "status": {"S": "CLASSIFIED"}}
        """
            .formatted(photos.bucket()));

    JsonNode letter = await(stack.physical("EventsDeadLetters"));

    assertThat(letter.at("/keys/image/S").asText()).endsWith("/foreign.jpg");
    assertThat(letter.get("sequenceNumber").asText()).isNotBlank();
    assertThat(letter.get("reason").asText()).contains("lacks an attribute of a result");
  }

  @Test
  void mapping_shouldFilter_andKeepWhatFails() {
    JsonNode mapping =
        aws.cli(
                "lambda",
                "list-event-source-mappings",
                "--function-name",
                stack.physical("EventsFunction") + ":live")
            .at("/EventSourceMappings/0");

    assertThat(mapping.at("/FilterCriteria/Filters/0/Pattern").asText())
        .contains("INSERT", "MODIFY", "CLASSIFIED");
    assertThat(mapping.at("/FunctionResponseTypes/0").asText())
        .isEqualTo("ReportBatchItemFailures");
    assertThat(mapping.at("/DestinationConfig/OnFailure/Destination").asText())
        .isEqualTo(stack.output("EventsDeadLetterQueueArn"));
  }

  @Test
  void nothing_shouldBeMade_whenEventsAreOff() {
    JsonNode resources =
        aws.cli("cloudformation", "describe-stack-resources", "--stack-name", "Bucketlens")
            .get("StackResources");

    assertThat(resources.findValuesAsText("LogicalResourceId"))
        .isNotEmpty()
        .noneMatch(it -> it.startsWith("Events"));
  }

  private JsonNode awaitEvent() {
    return await(queue.url());
  }

  /** Takes the next message of a queue. */
  private JsonNode await(String url) {
    Message message =
        new FluentWait<>(aws.sqs())
            .withTimeout(Duration.ofMinutes(1))
            .withMessage("Nothing came to " + url)
            .until(sqs ->
                sqs.receiveMessage(r -> r.queueUrl(url).waitTimeSeconds(1)).messages().stream()
                    .findFirst()
                    .orElse(null));
    aws.sqs().deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
    try {
      return new JsonMapper().readTree(message.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The message is no JSON: " + message.body(), e);
    }
  }
}
