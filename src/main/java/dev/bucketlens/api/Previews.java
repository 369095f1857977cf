package dev.bucketlens.api;

import dev.bucketlens.results.ImageResult;
import dev.bucketlens.results.Status;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Addresses under which a browser may read the pictures of a page of results. Each is signed for
 * one version of one object, for reading only and for minutes, and only in the deployment's own
 * bucket: a result that names a foreign bucket gets none.
 */
final class Previews {

  private final S3Signer signer;
  private final String bucket;
  private final Duration life;

  Previews(S3Signer signer, String bucket, Duration life) {
    this.signer = signer;
    this.bucket = bucket;
    this.life = life;
  }

  Optional<URI> of(ImageResult result) {
    if (result.status() == Status.DELETED || !result.bucket().equals(bucket)) {
      return Optional.empty();
    }
    String versionId = result.version().versionId();
    return Optional.of(signer.presignGet(bucket, result.key(), versionId, life));
  }
}
