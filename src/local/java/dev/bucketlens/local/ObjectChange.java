package dev.bucketlens.local;

import java.time.Instant;

/**
 * One change of one object, as the local S3 tells it.
 *
 * @param eventName S3's name without the {@code s3:} prefix, such as {@code ObjectCreated:Put}
 * @param key the object's key, not URL-encoded
 * @param eTag the entity tag without quotes, or null for a removal
 * @param size bytes, 0 for a removal
 * @param versionId the version, or null in a bucket without versions
 * @param sequencer hexadecimal; of two changes of one key the later has the greater one
 */
public record ObjectChange(
    String eventName,
    Instant time,
    String bucket,
    String key,
    String eTag,
    long size,
    String versionId,
    String sequencer) {}
