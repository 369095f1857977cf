package dev.bucketlens.events;

import dev.bucketlens.json.Json;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The queue of what can never be told, in the one call that is needed of SQS. A letter names the
 * record and the reason, not what the record holds: the item in the table says that. Thread-safe.
 */
public final class DeadLetters {
  private static final AwsCalls.Operation SEND_MESSAGE =
      new AwsCalls.Operation("sqs", "1.0", "AmazonSQS.SendMessage");

  private final AwsCalls calls;
  private final URI queue;

  /**
   * Letters to a queue.
   *
   * @param queue its address, as SQS names it
   */
  public DeadLetters(AwsCalls calls, URI queue) {
    this.calls = calls;
    this.queue = queue;
  }

  /**
   * Keeps a record.
   *
   * @param told the record, which need not be readable
   * @param reason why it cannot be told
   * @throws IOException if the queue did not take it
   */
  void put(Map<?, ?> told, String reason) throws IOException {
    Map<String, Object> letter = new LinkedHashMap<>();
    letter.put("reason", reason);
    letter.put("stream", told.get("eventSourceARN"));
    if (told.get("dynamodb") instanceof Map<?, ?> change) {
      letter.put("sequenceNumber", change.get("SequenceNumber"));
      letter.put("keys", change.get("Keys"));
    }
    calls.call(
        SEND_MESSAGE,
        queue.resolve("/"),
        Map.of("QueueUrl", queue.toString(), "MessageBody", Json.write(letter)));
  }
}
