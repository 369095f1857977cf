package dev.bucketlens.ingest;

import dev.bucketlens.ingest.ObjectEvent.Change;
import dev.bucketlens.results.Sequencer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One record of an S3 event notification. Its keys are encoded as in an HTML form. */
final class S3Notification {
  private S3Notification() {}

  /** Empty if the record tells of something that changes no result, such as a tag. */
  static Optional<ObjectEvent> read(Fields notification) throws EventFormatException {
    Fields s3 = notification.object("s3");
    Fields object = s3.object("object");
    String versionId = object.optionalText("versionId");
    Change change = change(notification.text("eventName"), versionId);
    if (change == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ObjectEvent(
            change,
            s3.object("bucket").text("name"),
            decodeKey(object.text("key")),
            versionId,
            object.optionalText("eTag"),
            object.number("size", ObjectEvent.UNKNOWN_SIZE),
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

  static Sequencer sequencer(Fields object) throws EventFormatException {
    String text = object.optionalText("sequencer");
    try {
      return text == null ? null : new Sequencer(text);
    } catch (IllegalArgumentException e) {
      throw new EventFormatException(e.getMessage(), e);
    }
  }
}
