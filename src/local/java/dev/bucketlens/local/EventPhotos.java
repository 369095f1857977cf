package dev.bucketlens.local;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;

/**
 * The objects that the sample events of the folder {@code events/} tell of: one photo under many
 * keys. The queue does not hear of them, so that it is {@code sam local invoke} which scores them.
 */
final class EventPhotos {

  /** What the keys of these objects, and of no others, start with. */
  static final String PREFIX = "events/";

  private static final String PHOTO = "/photos/chameleon.jpg";

  private static final List<String> NAMES =
      List.of(
          "chameleon.jpg",
          "my photos/été (1) a+b 100%.jpg",
          "copy.jpg",
          "restored.jpg",
          "uncovered.jpg",
          "versioned.jpg");

  private EventPhotos() {}

  /** Puts them into {@code bucket}, where everybody on this machine may read them by URL. */
  static void put(S3Client s3, String bucket) throws IOException {
    byte[] photo = photo();
    for (String name : NAMES) {
      s3.putObject(
          r -> r.bucket(bucket).key(PREFIX + name).acl(ObjectCannedACL.PUBLIC_READ),
          RequestBody.fromBytes(photo));
    }
    putInParts(s3, bucket, PREFIX + "multipart.jpg", photo);
  }

  /** An upload in parts has an eTag of its own kind, even if there is only one. */
  private static void putInParts(S3Client s3, String bucket, String key, byte[] photo) {
    String upload = s3.createMultipartUpload(r -> r.bucket(bucket).key(key)).uploadId();
    String eTag =
        s3.uploadPart(
                r -> r.bucket(bucket).key(key).uploadId(upload).partNumber(1),
                RequestBody.fromBytes(photo))
            .eTag();
    CompletedPart part = CompletedPart.builder().partNumber(1).eTag(eTag).build();
    s3.completeMultipartUpload(
        r -> r.bucket(bucket).key(key).uploadId(upload).multipartUpload(m -> m.parts(part)));
  }

  private static byte[] photo() throws IOException {
    try (InputStream in = EventPhotos.class.getResourceAsStream(PHOTO)) {
      return Objects.requireNonNull(in, PHOTO).readAllBytes();
    }
  }
}
