package dev.bucketlens.ingest;

import dev.bucketlens.json.JsonObject;
import java.util.Map;

/**
 * One task of an S3 Batch Operations job, schema 1.0 or 2.0: score what the key shows, unless this
 * model has already done so.
 *
 * @param taskId to be given back with the result
 */
public record BatchTask(String taskId, ObjectEvent event) {
  /**
   * Reads one task. Manifests hold keys encoded as in an HTML form, and so do the tasks.
   *
   * @throws EventFormatException if a field is missing
   */
  public static BatchTask read(Map<?, ?> task) throws EventFormatException {
    JsonObject<EventFormatException> fields =
        JsonObject.of(task, EventFormatException.FIELDS).withoutBlanks();
    return new BatchTask(
        fields.requiredText("taskId"),
        ObjectEvent.lookUp(
            bucket(fields),
            S3Notification.decodeKey(fields.requiredText("s3Key")),
            fields.text("s3VersionId").orElse(null)));
  }

  /** Schema 2.0 names the bucket, schema 1.0 its ARN. */
  private static String bucket(JsonObject<EventFormatException> task) throws EventFormatException {
    if (task.has("s3Bucket")) {
      return task.requiredText("s3Bucket");
    }
    String arn = task.requiredText("s3BucketArn");
    if (!arn.startsWith("arn:") || !arn.contains(":s3:")) {
      throw new EventFormatException("event field s3BucketArn is not the ARN of a bucket");
    }
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
