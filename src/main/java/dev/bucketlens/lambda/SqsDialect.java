package dev.bucketlens.lambda;

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
    List<Map<?, ?>> senders = new ArrayList<>();
    List<ObjectEvent> events = new ArrayList<>();
    for (Object sent : (List<?>) event.get("Records")) {
      Map<?, ?> message = (Map<?, ?>) sent;
      try {
        for (ObjectEvent told : reader.read((String) message.get("body"))) {
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
    return Map.of(
        "batchItemFailures", failed.stream().map(id -> Map.of("itemIdentifier", id)).toList());
  }

  /**
   * SQS moves a message to the dead-letter queue without a word: the reason stands in the log. A
   * stack trace is shown where the reason alone would not tell what to mend.
   */
  private static void fail(
      Set<String> failed, Map<?, ?> message, String what, String reason, Throwable cause) {
    String id = (String) message.get("messageId");
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

  private static Object receives(Map<?, ?> message) {
    return message.get("attributes") instanceof Map<?, ?> attributes
        ? attributes.get("ApproximateReceiveCount")
        : "?";
  }
}
