package dev.bucketlens.api;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Status;
import java.net.URI;
import java.util.Optional;

/**
 * Addresses under which a browser may read the pictures of a page of results. Each is signed for
 * one version of one object, for reading only and for minutes, and only in the deployment's own
 * bucket: a result that names a foreign bucket gets none. Nor does what was not classified: it need
 * not be a picture.
 */
final class Previews {

  private final S3Signer signer;
  private final BucketSettings bucket;

  Previews(S3Signer signer, BucketSettings bucket) {
    this.signer = signer;
    this.bucket = bucket;
  }

  Optional<URI> of(ImageResult result) {
    if (!bucket.previews()
        || result.status() != Status.CLASSIFIED
        || !result.bucket().equals(bucket.name())) {
      return Optional.empty();
    }
    String versionId = result.version().versionId();
    return Optional.of(
        signer.presignGet(bucket.name(), result.key(), versionId, bucket.signatureLife()));
  }
}
