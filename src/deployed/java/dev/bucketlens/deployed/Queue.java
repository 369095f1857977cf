package dev.bucketlens.deployed;

import java.time.Duration;
import java.util.Map;
import org.openqa.selenium.support.ui.FluentWait;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A queue that a function takes events from. */
record Queue(SqsClient client, String url) {

  static Queue create(SqsClient client, String name) {
    return new Queue(client, client.createQueue(r -> r.queueName(name)).queueUrl());
  }

  String arn() {
    return attribute(QueueAttributeName.QUEUE_ARN);
  }

  void send(String event) {
    client.sendMessage(r -> r.queueUrl(url).messageBody(event));
  }

  /** Has events that are not acknowledged come again so soon. */
  void comeAgainAfter(Duration time) {
    client.setQueueAttributes(r ->
        r.queueUrl(url)
            .attributes(
                Map.of(QueueAttributeName.VISIBILITY_TIMEOUT, String.valueOf(time.toSeconds()))));
  }

  /** Waits until all of its events are acknowledged. */
  void awaitEmpty() {
    new FluentWait<>(this)
        .withTimeout(Duration.ofMinutes(1))
        .pollingEvery(Duration.ofMillis(100))
        .withMessage("Not all events are acknowledged")
        .until(it ->
            it.attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES).equals("0")
                && it.attribute(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE)
                    .equals("0"));
  }

  private String attribute(QueueAttributeName name) {
    return client
        .getQueueAttributes(r -> r.queueUrl(url).attributeNames(name))
        .attributes()
        .get(name);
  }
}
