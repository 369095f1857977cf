package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.support.ui.FluentWait;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A wrong parameter loses nothing: it is named, alarms ring, events wait in the dead-letter queue
 * and are sent back once it is mended.
 */
@ExtendWith(Deployed.class)
final class WrongParameterScenario {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Cloud cloud;
  private final Aws aws;
  private final Stack stack;

  WrongParameterScenario(Cloud cloud) {
    this.cloud = cloud;
    this.aws = cloud.aws();
    this.stack = cloud.stack("wrong");
  }

  @Test
  void photo_shouldBeScored_whenItsEventIsSentBackFromTheDeadLetters() {
    stack.create(cloud.packaged(), Map.of("IncludeLabels", "unicorn"));
    Photos photos = new Photos(stack);
    Queue queue = new Queue(aws.sqs(), stack.physical("UploadQueue"));
    // Five tries in seconds, not in half an hour.
    queue.comeAgainAfter(Duration.ofSeconds(1));

    photos.put("kitten.jpg", "kitten.jpg");

    Message dead = awaitDeadLetter("kitten.jpg");
    assertThat(cloud.emulator().says("INCLUDE_LABELS (template parameter IncludeLabels)"))
        .as("the log names the parameter")
        .isTrue();
    awaitAlarm("UploadFunctionAlarm");
    stack.update(cloud.packaged(), Map.of("IncludeLabels", "tabby cat"));
    redrive(queue, dead);
    assertThat(photos.awaitLabel("kitten.jpg")).isEqualTo("tabby cat");
  }

  /** Of the photo: what S3 says when it is first told to send events is a dead letter here, too. */
  private Message awaitDeadLetter(String key) {
    String deadLetters = stack.physical("DeadLetters");
    return new FluentWait<>(aws.sqs())
        .withTimeout(PATIENCE)
        .withMessage("The event is not in the dead-letter queue")
        .until(sqs ->
            sqs
                .receiveMessage(r -> r.queueUrl(deadLetters).maxNumberOfMessages(10))
                .messages()
                .stream()
                .filter(it -> it.body().contains(key))
                .findFirst()
                .orElse(null));
  }

  /** The emulator counts the errors of direct invocations only, in periods that begin anew. */
  private void awaitAlarm(String name) {
    new FluentWait<>(new Functions(stack))
        .withTimeout(PATIENCE)
        .withMessage(() -> name + " does not ring; these do: " + alarmsThatRing())
        .until(functions ->
            functions.upload("{}").has("errorMessage") && alarmsThatRing().contains(name));
  }

  /** The emulator does not move messages by itself, as start-message-move-task asks AWS to. */
  private void redrive(Queue queue, Message dead) {
    queue.send(dead.body());
    aws.sqs()
        .deleteMessage(
            r -> r.queueUrl(stack.physical("DeadLetters")).receiptHandle(dead.receiptHandle()));
  }

  /** The emulator looks at its alarms when a metric is put, whichever. */
  private List<String> alarmsThatRing() {
    aws.cli(
        "cloudwatch",
        "put-metric-data",
        "--namespace",
        "Any",
        "--metric-name",
        "Any",
        "--value",
        "0");
    return aws.cli("cloudwatch", "describe-alarms")
        .get("MetricAlarms")
        .valueStream()
        .filter(it -> it.get("StateValue").asText().equals("ALARM"))
        .map(it -> it.get("AlarmName").asText())
        .filter(it -> it.startsWith("wrong-"))
        .map(it -> it.split("-", -1)[1])
        .toList();
  }
}
