package dev.bucketlens.local;

import com.google.common.util.concurrent.Striped;
import java.io.InputStream;
import java.time.Clock;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * A blob store that tells of each object created or removed, as S3 event notifications do.
 *
 * <p>A change and its sequencer are made under one lock per key, so that sequencers order the
 * changes of a key as they happened. The listener runs under that lock too and must be quick.
 */
final class NotifyingBlobStore extends ForwardingBlobStore {

  /** S3Proxy keeps the state of a multipart upload in such a blob: it is no upload. */
  private static final String MULTIPART_STUB = ".s3proxy-mpu-stub-";

  /** The ETag of no bytes. */
  private static final String EMPTY = "d41d8cd98f00b204e9800998ecf8427e";

  private final Consumer<ObjectChange> listener;
  private final Clock clock;
  private final Sequence sequence = new Sequence();
  private final Striped<Lock> locks = Striped.lock(256);

  NotifyingBlobStore(BlobStore delegate, Consumer<ObjectChange> listener, Clock clock) {
    super(delegate);
    this.listener = listener;
    this.clock = clock;
  }

  @Override
  public PutObjectResponse putBlob(PutObjectRequest request, InputStream body) {
    return created(
        "ObjectCreated:Put", request.bucket(), request.key(), () -> super.putBlob(request, body));
  }

  @Override
  public CopyObjectResponse copyBlob(CopyObjectRequest request) {
    return created(
        "ObjectCreated:Copy",
        request.destinationBucket(),
        request.destinationKey(),
        () -> super.copyBlob(request));
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    return created(
        "ObjectCreated:CompleteMultipartUpload",
        request.bucket(),
        request.key(),
        () -> super.completeMultipartUpload(upload, request));
  }

  @Override
  public DeleteObjectResponse removeBlob(DeleteObjectRequest request) {
    return locked(
        request.bucket(),
        request.key(),
        () -> {
          DeleteObjectResponse response = super.removeBlob(request);
          // With a version named, the answer's flag says that a marker was removed, not made.
          boolean markerMade =
              request.versionId() == null && Boolean.TRUE.equals(response.deleteMarker());
          tell(
              markerMade ? "ObjectRemoved:DeleteMarkerCreated" : "ObjectRemoved:Delete",
              request.bucket(),
              request.key(),
              null,
              0,
              response.versionId());
          return response;
        });
  }

  private <T> T created(String eventName, String bucket, String key, Supplier<T> change) {
    return locked(
        bucket,
        key,
        () -> {
          T response = change.get();
          HeadObjectResponse head =
              super.blobMetadata(HeadObjectRequest.builder().bucket(bucket).key(key).build());
          // A file system without extended attributes keeps no ETag.
          String eTag = head.eTag() == null ? EMPTY : head.eTag().replace("\"", "");
          tell(eventName, bucket, key, eTag, head.contentLength(), head.versionId());
          return response;
        });
  }

  private <T> T locked(String bucket, String key, Supplier<T> change) {
    Lock lock = locks.get(bucket + '/' + key);
    lock.lock();
    try {
      return change.get();
    } finally {
      lock.unlock();
    }
  }

  private void tell(
      String eventName, String bucket, String key, String eTag, long size, String versionId) {
    if (!key.startsWith(MULTIPART_STUB)) {
      listener.accept(
          new ObjectChange(
              eventName, clock.instant(), bucket, key, eTag, size, versionId, sequence.next()));
    }
  }
}
