package dev.bucketlens.events;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.StreamImage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One record of the table's stream, as Lambda delivers it.
 *
 * @param sequenceNumber its place among the changes of one image, decimal digits as DynamoDB writes
 *     them
 * @param at when the table changed, in whole seconds
 */
record StreamRecord(String sequenceNumber, Instant at, ItemChange change) {

  /** Room for the longest sequence number there is. */
  private static final int DIGITS = 40;

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException if it is none of a result
   */
  static StreamRecord read(Map<?, ?> told) {
    Map<?, ?> change = map(told, "dynamodb");
    ImageResult after = StreamImage.read(map(change, "NewImage"));
    Optional<ImageResult> before =
        change.containsKey("OldImage")
            ? Optional.of(StreamImage.read(map(change, "OldImage")))
            : Optional.empty();
    return new StreamRecord(sequenceNumber(told), at(change), new ItemChange(before, after));
  }

  /**
   * The sequence number of a record that may hold nothing else that can be read.
   *
   * @throws IllegalArgumentException if it has none
   */
  static String sequenceNumber(Map<?, ?> told) {
    if (map(told, "dynamodb").get("SequenceNumber") instanceof String number) {
      return number;
    }
    throw new IllegalArgumentException("The record has no dynamodb.SequenceNumber");
  }

  /** The sequence number so long that it compares as text too. */
  String paddedSequence() {
    return "0".repeat(Math.max(0, DIGITS - sequenceNumber.length())) + sequenceNumber;
  }

  private static Instant at(Map<?, ?> change) {
    if (change.get("ApproximateCreationDateTime") instanceof Number seconds) {
      return Instant.ofEpochSecond(new BigDecimal(seconds.toString()).longValue());
    }
    throw new IllegalArgumentException("The record has no dynamodb.ApproximateCreationDateTime");
  }

  private static Map<?, ?> map(Map<?, ?> of, String name) {
    if (of.get(name) instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalArgumentException("The record has no object " + name);
  }
}
