package dev.bucketlens.contract;

import dev.bucketlens.local.ObjectChange;
import dev.bucketlens.local.S3EventJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** A bucket with versions, and what S3 would tell of each change of it. */
final class VersionedBucket {
  private final S3Client s3;
  private final String name;
  private final AtomicLong changes = new AtomicLong();

  /** Switches versions on. */
  VersionedBucket(S3Client s3, String name) {
    this.s3 = s3;
    this.name = name;
    s3.putBucketVersioning(
        r -> r.bucket(name).versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
  }

  /**
   * One change, as SQS delivers it.
   *
   * @param versionId of the content or of the delete marker
   */
  record Told(String versionId, Map<String, Object> message) {}

  Told put(String key, byte[] bytes) {
    PutObjectResponse put =
        s3.putObject(r -> r.bucket(name).key(key), RequestBody.fromBytes(bytes));
    String eTag = put.eTag().replace("\"", "");
    return told("ObjectCreated:Put", key, eTag, bytes.length, put.versionId());
  }

  /** Hides the key behind a delete marker. */
  Told delete(String key) {
    String marker = s3.deleteObject(r -> r.bucket(name).key(key)).versionId();
    return told("ObjectRemoved:DeleteMarkerCreated", key, null, 0, marker);
  }

  /** Removes a version, or a delete marker, for good. */
  Told remove(String key, String versionId) {
    s3.deleteObject(r -> r.bucket(name).key(key).versionId(versionId));
    return told("ObjectRemoved:Delete", key, null, 0, versionId);
  }

  private Told told(String eventName, String key, String eTag, long size, String versionId) {
    String sequencer = "%016X".formatted(changes.incrementAndGet());
    ObjectChange change =
        new ObjectChange(eventName, Instant.now(), name, key, eTag, size, versionId, sequencer);
    try {
      return new Told(
          versionId,
          Map.of(
              "messageId",
              sequencer,
              "body",
              S3EventJson.notification(change),
              "eventSource",
              "aws:sqs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
