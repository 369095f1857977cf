package dev.bucketlens.ingest;

import dev.bucketlens.ingest.ObjectEvent.Change;
import java.util.List;

/** An event of S3 as EventBridge tells it. Its keys are not encoded. */
final class EventBridgeEvent {
  private EventBridgeEvent() {}

  /** Empty if the event changes no result, such as a new storage class. */
  static List<ObjectEvent> read(Fields event) throws EventFormatException {
    if (!"aws.s3".equals(event.optionalText("source"))) {
      throw new EventFormatException("EventBridge event is not from aws.s3");
    }
    Fields detail = event.object("detail");
    Change change = change(event.text("detail-type"), detail);
    if (change == null) {
      return List.of();
    }
    Fields object = detail.object("object");
    return List.of(
        new ObjectEvent(
            change,
            detail.object("bucket").text("name"),
            object.text("key"),
            object.optionalText("version-id"),
            object.optionalText("etag"),
            object.number("size", ObjectEvent.UNKNOWN_SIZE),
            S3Notification.sequencer(object)));
  }

  private static Change change(String type, Fields detail) throws EventFormatException {
    return switch (type) {
      case "Object Created" -> Change.CREATED;
      case "Object Deleted" -> removal(detail);
      case "Object Restore Completed" -> Change.LOOK_UP;
      default -> null;
    };
  }

  private static Change removal(Fields detail) throws EventFormatException {
    boolean versioned = detail.object("object").has("version-id");
    boolean forEver = "Permanently Deleted".equals(detail.optionalText("deletion-type"));
    return versioned && forEver ? Change.VERSION_REMOVED : Change.REMOVED;
  }
}
