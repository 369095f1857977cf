package dev.bucketlens.lambda;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import dev.bucketlens.ingest.BatchIngest;
import dev.bucketlens.ingest.EventFormatException;
import dev.bucketlens.ingest.EventReader;
import dev.bucketlens.ingest.IngestMeter;
import dev.bucketlens.ingest.Invocation;
import dev.bucketlens.ingest.ObjectEvent;
import dev.bucketlens.ingest.Outcome;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * A batch of SQS messages. The answer names the messages that SQS is to deliver again, and no
 * other: a message of several events is named if one of them failed, and those that were done cost
 * a look at the table when it comes again.
 */
final class SqsDialect implements Dialect {
  private static final Logger LOG = System.getLogger(SqsDialect.class.getName());

  private final BatchIngest ingest;
  private final IngestMeter meter;
  private final EventReader reader = new EventReader();

  SqsDialect(BatchIngest ingest, IngestMeter meter) {
    this.ingest = ingest;
    this.meter = meter;
  }

  @Override
  public boolean speaks(Map<String, Object> event) {
    return event.get("Records") instanceof List<?> records
        && !records.isEmpty()
        && records.getFirst() instanceof Map<?, ?> first
        && first.get("messageId") instanceof String
        && first.get("body") instanceof String;
  }

  @Override
  public Map<String, Object> answer(Map<String, Object> event, Invocation invocation)
      throws InterruptedException {
    Set<String> failed = new LinkedHashSet<>();
    List<SQSMessage> senders = new ArrayList<>();
    List<ObjectEvent> events = new ArrayList<>();
    for (SQSMessage message : read(event).getRecords()) {
      try {
        for (ObjectEvent told : reader.read(message.getBody())) {
          senders.add(message);
          events.add(told);
        }
      } catch (EventFormatException e) {
        meter.add(IngestMeter.Count.FAILED);
        fail(failed, message, "message", e.getMessage(), e);
      }
    }
    List<Outcome> outcomes = ingest.ingest(events, invocation);
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Failed f) {
        fail(failed, senders.get(i), f.event().image(), f.reason(), f.cause());
      }
    }
    return written(new SQSBatchResponse(failed.stream().map(BatchItemFailure::new).toList()));
  }

  private static SQSEvent read(Map<String, Object> event) {
    List<SQSMessage> messages = new ArrayList<>();
    for (Object sent : (List<?>) event.get("Records")) {
      Map<?, ?> fields = (Map<?, ?>) sent;
      SQSMessage message = new SQSMessage();
      message.setMessageId((String) fields.get("messageId"));
      message.setBody((String) fields.get("body"));
      if (fields.get("attributes") instanceof Map<?, ?> attributes) {
        Map<String, String> texts = new HashMap<>();
        attributes.forEach((name, value) -> texts.put(name.toString(), value.toString()));
        message.setAttributes(texts);
      }
      messages.add(message);
    }
    SQSEvent sqs = new SQSEvent();
    sqs.setRecords(messages);
    return sqs;
  }

  private static Map<String, Object> written(SQSBatchResponse response) {
    return Map.of(
        "batchItemFailures",
        response.getBatchItemFailures().stream()
            .map(failure -> Map.of("itemIdentifier", failure.getItemIdentifier()))
            .toList());
  }

  /**
   * SQS moves a message to the dead-letter queue without a word: the reason stands in the log. A
   * stack trace is shown where the reason alone would not tell what to mend.
   */
  private static void fail(
      Set<String> failed, SQSMessage message, String what, String reason, Throwable cause) {
    String id = message.getMessageId();
    failed.add(id);
    String told =
        "SQS message "
            + id
            + " (receive "
            + receives(message)
            + ") failed: "
            + what
            + ": "
            + reason;
    boolean expected = cause instanceof SdkException || cause instanceof EventFormatException;
    LOG.log(Level.WARNING, told, expected ? null : cause);
  }

  private static String receives(SQSMessage message) {
    return message.getAttributes() == null
        ? "?"
        : message.getAttributes().get("ApproximateReceiveCount");
  }
}
