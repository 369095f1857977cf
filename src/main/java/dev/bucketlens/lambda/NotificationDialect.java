package dev.bucketlens.lambda;

import dev.bucketlens.ingest.BatchIngest;
import dev.bucketlens.ingest.EventFormatException;
import dev.bucketlens.ingest.EventReader;
import dev.bucketlens.ingest.Invocation;
import dev.bucketlens.ingest.Outcome;
import java.util.List;
import java.util.Map;

/**
 * S3, SNS or EventBridge calling the function straight. They listen for no answer: a failure fails
 * the invocation, and Lambda delivers the event again.
 */
final class NotificationDialect implements Dialect {
  private final BatchIngest ingest;
  private final EventReader reader = new EventReader();

  NotificationDialect(BatchIngest ingest) {
    this.ingest = ingest;
  }

  /** The dialect of whatever no other speaks; what it is not either it says when it reads it. */
  @Override
  public boolean speaks(Map<String, Object> event) {
    return true;
  }

  @Override
  public Map<String, Object> answer(Map<String, Object> event, Invocation invocation)
      throws InterruptedException {
    List<Outcome> outcomes;
    try {
      outcomes = ingest.ingest(reader.read(event), invocation);
    } catch (EventFormatException e) {
      throw new UploadFailedException(e.getMessage(), e);
    }
    List<Outcome.Failed> failed =
        outcomes.stream()
            .filter(Outcome.Failed.class::isInstance)
            .map(Outcome.Failed.class::cast)
            .toList();
    if (!failed.isEmpty()) {
      Outcome.Failed first = failed.getFirst();
      throw new UploadFailedException(
          "%d of %d events failed, the first, of %s: %s"
              .formatted(failed.size(), outcomes.size(), first.event().image(), first.reason()),
          first.cause());
    }
    return Map.of();
  }
}
