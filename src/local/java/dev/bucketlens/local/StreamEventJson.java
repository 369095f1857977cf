package dev.bucketlens.local;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Writes events as Lambda's event source for DynamoDB streams writes them. */
final class StreamEventJson {

  private StreamEventJson() {}

  /** What the template's filter lets through: what was written, not what was taken away. */
  static boolean passesFilter(Record change) {
    return change.eventName() != OperationType.REMOVE;
  }

  static byte[] event(List<Record> records) throws IOException {
    return JSON.std.asBytes(
        Map.of("Records", records.stream().map(StreamEventJson::toJson).toList()));
  }

  private static Map<String, Object> toJson(Record change) {
    StreamRecord told = change.dynamodb();
    Map<String, Object> dynamodb = new LinkedHashMap<>();
    dynamodb.put(
        "ApproximateCreationDateTime", told.approximateCreationDateTime().getEpochSecond());
    dynamodb.put("Keys", attributes(told.keys()));
    dynamodb.put("NewImage", attributes(told.newImage()));
    if (told.hasOldImage()) {
      dynamodb.put("OldImage", attributes(told.oldImage()));
    }
    dynamodb.put("SequenceNumber", told.sequenceNumber());
    dynamodb.put("SizeBytes", told.sizeBytes());
    dynamodb.put("StreamViewType", told.streamViewTypeAsString());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("eventID", change.eventID());
    json.put("eventName", change.eventNameAsString());
    json.put("eventSource", "aws:dynamodb");
    json.put("dynamodb", dynamodb);
    return json;
  }

  /** An item in DynamoDB's JSON. */
  static Map<String, Object> attributes(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, it -> attribute(it.getValue())));
  }

  private static Map<String, Object> attribute(AttributeValue value) {
    return switch (value.type()) {
      case S -> Map.of("S", value.s());
      case N -> Map.of("N", value.n());
      case BOOL -> Map.of("BOOL", value.bool());
      case NUL -> Map.of("NULL", true);
      case M -> Map.of("M", attributes(value.m()));
      case L -> Map.of("L", value.l().stream().map(StreamEventJson::attribute).toList());
      default -> throw new IllegalArgumentException("No result has a " + value.type());
    };
  }
}
