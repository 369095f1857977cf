package dev.bucketlens.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bucketlens.testing.EventTarget;
import dev.bucketlens.testing.ReadmeRules;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.support.ui.FluentWait;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The three rules of README, made by its own commands, do what they are shown for: a message comes
 * by SNS, a copy lies in the quarantine, a webhook is called. A photo of a crab is the one that has
 * to be put into quarantine here.
 */
@ExtendWith(Deployed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RulesScenario {
  private static final String QUARANTINE = "quarantine-of-rules";
  private static final String ANY_ROLE = "arn:aws:iam::000000000000:role/any";
  private static final String KEY = "ruled/crab é +1.jpg";

  private final Aws aws;
  private final Stack stack;
  private final String template;

  /** What stands in capitals in README, and what it is here. */
  private final Map<String, String> names = new LinkedHashMap<>();

  private EventTarget hook;
  private Photos photos;
  private String mails;

  RulesScenario(Cloud cloud) {
    this.aws = cloud.aws();
    this.stack = new Stack(aws, "rules");
    this.template = cloud.packaged();
  }

  @BeforeAll
  void putRules() throws IOException {
    hook = EventTarget.start();
    aws.s3().createBucket(r -> r.bucket(QUARANTINE));
    names.put("RULE_ARN", "arn:aws:events:%s:000000000000:rule/crabs".formatted(aws.region().id()));
    names.put("COPY_ROLE_ARN", ANY_ROLE);
    names.put("START_ROLE_ARN", ANY_ROLE);
    names.put("INVOKE_ROLE_ARN", ANY_ROLE);
    names.put("QUARANTINE", QUARANTINE);
    names.put("https://example.com/hook", hook.url().toString());
    names.put("\"revolver\", \"rifle\"", "\"rock crab\"");
    ReadmeRules.commands().forEach(this::run);
    mails = subscribeQueue(names.get("TOPIC_ARN"));

    stack.create(template, Map.of("ApiAccess", "public", "Events", "on"));
    photos = new Photos(stack);
    photos.put(KEY, "crab.jpg");
  }

  @AfterAll
  void close() {
    hook.close();
  }

  /** Runs a command, and keeps the name of what it made for those behind it. */
  private void run(String command) {
    String here = command;
    for (Map.Entry<String, String> name : names.entrySet()) {
      here = here.replace(name.getKey(), name.getValue());
    }
    JsonNode made = aws.shell(here);
    Map.of(
            "TopicArn", "TOPIC_ARN",
            "stateMachineArn", "STATE_MACHINE_ARN",
            "ConnectionArn", "CONNECTION_ARN",
            "ApiDestinationArn", "DESTINATION_ARN")
        .forEach((field, name) -> {
          if (made.has(field)) {
            names.putIfAbsent(name, made.get(field).asText());
          }
        });
    assertThat(made.path("FailedEntryCount").asInt()).as(here).isZero();
  }

  /** The mail itself goes nowhere; a queue hears what it would say. */
  private String subscribeQueue(String topic) {
    String queue = aws.sqs().createQueue(r -> r.queueName("mails")).queueUrl();
    String arn =
        aws.sqs()
            .getQueueAttributes(r -> r.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
            .attributes()
            .get(QueueAttributeName.QUEUE_ARN);
    aws.cli(
        "sns",
        "subscribe",
        "--topic-arn",
        topic,
        "--protocol",
        "sqs",
        "--notification-endpoint",
        arn);
    return queue;
  }

  @Test
  void mail_shouldSayTheLabel_andTheImage() throws Exception {
    assertThat(message())
        .startsWith("\"rock crab (0.86")
        .endsWith("): s3://%s/%s\"".formatted(photos.bucket(), KEY));
    assertThat(subscriptions()).contains("email");
  }

  @Test
  void copy_shouldLieInTheQuarantine() {
    HeadObjectResponse copy =
        new FluentWait<>(aws.s3())
            .withTimeout(Duration.ofMinutes(1))
            .withMessage("No copy came")
            .ignoring(NoSuchKeyException.class)
            .until(s3 -> s3.headObject(r -> r.bucket(QUARANTINE).key(KEY)));
    assertThat(copy.contentLength()).isEqualTo(Photos.sample("crab.jpg").length);
  }

  @Test
  void webhook_shouldBeCalled() throws Exception {
    JsonNode event = hook.await(it -> it.at("/detail/bucket").asText().equals(photos.bucket()));

    assertThat(event.at("/detail/label").asText()).isEqualTo("rock crab");
  }

  private List<String> subscriptions() {
    return aws.cli("sns", "list-subscriptions-by-topic", "--topic-arn", names.get("TOPIC_ARN"))
        .findValuesAsText("Protocol");
  }

  private String message() throws JsonProcessingException {
    Message message =
        new FluentWait<>(aws.sqs())
            .withTimeout(Duration.ofMinutes(1))
            .withMessage("No message came")
            .until(sqs ->
                sqs.receiveMessage(r -> r.queueUrl(mails).waitTimeSeconds(1)).messages().stream()
                    .findFirst()
                    .orElse(null));
    return new JsonMapper().readTree(message.body()).get("Message").asText();
  }
}
