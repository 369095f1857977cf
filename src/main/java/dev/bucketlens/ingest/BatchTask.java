package dev.bucketlens.ingest;

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
    Fields fields = Fields.root(task);
    return new BatchTask(
        fields.text("taskId"),
        ObjectEvent.lookUp(
            bucket(fields),
            S3Notification.decodeKey(fields.text("s3Key")),
            fields.optionalText("s3VersionId")));
  }

  /** Schema 2.0 names the bucket, schema 1.0 its ARN. */
  private static String bucket(Fields task) throws EventFormatException {
    if (task.has("s3Bucket")) {
      return task.text("s3Bucket");
    }
    String arn = task.text("s3BucketArn");
    if (!arn.startsWith("arn:") || !arn.contains(":s3:")) {
      throw new EventFormatException("event field s3BucketArn is not the ARN of a bucket");
    }
    return arn.substring(arn.lastIndexOf(':') + 1);
  }
}
