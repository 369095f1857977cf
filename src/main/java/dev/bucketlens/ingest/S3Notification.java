package dev.bucketlens.ingest;

import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3BucketEntity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3Entity;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3EventNotificationRecord;
import com.amazonaws.services.lambda.runtime.events.models.s3.S3EventNotification.S3ObjectEntity;
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
    S3EventNotificationRecord read = typed(notification);
    S3ObjectEntity object = read.getS3().getObject();
    Change change = change(read.getEventName(), object.getVersionId());
    if (change == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ObjectEvent(
            change,
            read.getS3().getBucket().getName(),
            decodeKey(object.getKey()),
            object.getVersionId(),
            object.geteTag(),
            object.getSizeAsLong(),
            sequencer(object.getSequencer())));
  }

  private static S3EventNotificationRecord typed(JsonObject<EventFormatException> notification)
      throws EventFormatException {
    JsonObject<EventFormatException> s3 = notification.requiredObject("s3");
    JsonObject<EventFormatException> object = s3.requiredObject("object");
    return new S3EventNotificationRecord(
        null,
        notification.requiredText("eventName"),
        null,
        null,
        null,
        null,
        null,
        new S3Entity(
            null,
            new S3BucketEntity(s3.requiredObject("bucket").requiredText("name"), null, null),
            new S3ObjectEntity(
                object.requiredText("key"),
                size(object),
                object.text("eTag").orElse(null),
                object.text("versionId").orElse(null),
                object.text("sequencer").orElse(null)),
            null),
        null);
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
    return sequencer(object.text("sequencer").orElse(null));
  }

  private static Sequencer sequencer(String text) throws EventFormatException {
    try {
      return text == null ? null : new Sequencer(text);
    } catch (IllegalArgumentException e) {
      throw new EventFormatException(e.getMessage(), e);
    }
  }
}
