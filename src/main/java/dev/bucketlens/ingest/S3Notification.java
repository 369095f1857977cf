package dev.bucketlens.ingest;

import dev.bucketlens.ingest.ObjectEvent.Change;
import dev.bucketlens.json.JsonObject;
import dev.bucketlens.results.Sequencer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One record of an S3 event notification. Its keys are encoded as in an HTML form. */
final class S3Notification {
  private S3Notification() {}

  /** Empty if the record tells of something that changes no result, such as a tag. */
  static Optional<ObjectEvent> read(JsonObject<EventFormatException> notification)
      throws EventFormatException {
    JsonObject<EventFormatException> s3 = notification.requiredObject("s3");
    JsonObject<EventFormatException> object = s3.requiredObject("object");
    String versionId = object.text("versionId").orElse(null);
    Change change = change(notification.requiredText("eventName"), versionId);
    if (change == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ObjectEvent(
            change,
            s3.requiredObject("bucket").requiredText("name"),
            decodeKey(object.requiredText("key")),
            versionId,
            object.text("eTag").orElse(null),
            size(object),
            sequencer(object)));
  }

  /** Names come with and without {@code s3:}; the part after the colon tells how it happened. */
  private static Change change(String eventName, String versionId) {
    String name = eventName.startsWith("s3:") ? eventName.substring(3) : eventName;
    if (name.startsWith("ObjectCreated:")) {
      return Change.CREATED;
    }
    return switch (name) {
      case "ObjectRemoved:Delete", "LifecycleExpiration:Delete" ->
          versionId == null ? Change.REMOVED : Change.VERSION_REMOVED;
      case "ObjectRemoved:DeleteMarkerCreated", "LifecycleExpiration:DeleteMarkerCreated" ->
          Change.REMOVED;
      case "ObjectRestore:Completed" -> Change.LOOK_UP;
      default -> null;
    };
  }

  static String decodeKey(String key) throws EventFormatException {
    try {
      return URLDecoder.decode(key, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new EventFormatException("object key is not URL-encoded as S3 does it", e);
    }
  }

  static long size(JsonObject<EventFormatException> object) throws EventFormatException {
    return object
        .number("size", size -> size >= 0, "a number")
        .map(Double::longValue)
        .orElse(ObjectEvent.UNKNOWN_SIZE);
  }

  static Sequencer sequencer(JsonObject<EventFormatException> object) throws EventFormatException {
    String text = object.text("sequencer").orElse(null);
    try {
      return text == null ? null : new Sequencer(text);
    } catch (IllegalArgumentException e) {
      throw new EventFormatException(e.getMessage(), e);
    }
  }
}
