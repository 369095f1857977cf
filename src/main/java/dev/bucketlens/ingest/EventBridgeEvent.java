package dev.bucketlens.ingest;

import dev.bucketlens.ingest.ObjectEvent.Change;
import dev.bucketlens.json.JsonObject;
import java.util.List;

/** An event of S3 as EventBridge tells it. Its keys are not encoded. */
final class EventBridgeEvent {
  private EventBridgeEvent() {}

  /** Empty if the event changes no result, such as a new storage class. */
  static List<ObjectEvent> read(JsonObject<EventFormatException> event)
      throws EventFormatException {
    if (!"aws.s3".equals(event.text("source").orElse(null))) {
      throw new EventFormatException("EventBridge event is not from aws.s3");
    }
    JsonObject<EventFormatException> detail = event.requiredObject("detail");
    Change change = change(event.requiredText("detail-type"), detail);
    if (change == null) {
      return List.of();
    }
    JsonObject<EventFormatException> object = detail.requiredObject("object");
    return List.of(
        new ObjectEvent(
            change,
            detail.requiredObject("bucket").requiredText("name"),
            object.requiredText("key"),
            object.text("version-id").orElse(null),
            object.text("etag").orElse(null),
            S3Notification.size(object),
            S3Notification.sequencer(object)));
  }

  private static Change change(String type, JsonObject<EventFormatException> detail)
      throws EventFormatException {
    return switch (type) {
      case "Object Created" -> Change.CREATED;
      case "Object Deleted" -> removal(detail);
      case "Object Restore Completed" -> Change.LOOK_UP;
      default -> null;
    };
  }

  private static Change removal(JsonObject<EventFormatException> detail)
      throws EventFormatException {
    boolean versioned = detail.requiredObject("object").has("version-id");
    boolean forEver = "Permanently Deleted".equals(detail.text("deletion-type").orElse(null));
    return versioned && forEver ? Change.VERSION_REMOVED : Change.REMOVED;
  }
}
