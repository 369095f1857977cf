package dev.bucketlens.lambda;

import dev.bucketlens.engine.ModelLoadException;
import dev.bucketlens.lambda.ModelSource.InS3;
import dev.bucketlens.lambda.ModelSource.InS3.Part;
import java.io.EOFException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads the files of a model in S3, each in the content that is pinned. Reads that are cut off are
 * made again, as often as the client's retries allow.
 *
 * @param s3 stays the caller's to close
 */
record ModelReader(S3Client s3, InS3 source) {
  private static final Logger LOG = System.getLogger(ModelReader.class.getName());

  /** What fits in Lambda's 512 MB of {@code /tmp} with something over. */
  static final long MOST_BYTES = 400L * 1024 * 1024;

  private static final String ETAG = "[0-9a-f]{32}(-\\d+)?";

  /**
   * Reads one file, and logs which content it is.
   *
   * @param file where it is written to, under the name that it has in S3
   * @throws ModelLoadException if S3 does not give it
   */
  void read(Part part, Path file) throws ModelLoadException {
    String key = source.beside(file.getFileName().toString());
    String pin = source.pin(part);
    try {
      GetObjectResponse found =
          s3.getObject(
              request(key, pin),
              ResponseTransformer.unmanaged((response, body) -> receive(response, body, file)));
      LOG.log(
          Level.INFO,
          "Read s3://{0}/{1}, version {2}, ETag {3}",
          source.bucket(),
          key,
          found.versionId(),
          found.eTag());
    } catch (S3Exception e) {
      throw new ModelLoadException(file.getFileName(), explain(e, part, key), e);
    } catch (SdkException e) {
      throw new ModelLoadException(
          file.getFileName(),
          "s3://%s/%s cannot be read: %s".formatted(source.bucket(), key, e.getMessage()),
          e);
    }
  }

  /**
   * A request for one content.
   *
   * @param pin its ETag or its version; empty for what the key shows
   */
  private GetObjectRequest request(String key, String pin) {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder()
            .bucket(source.bucket())
            .key(key)
            .overrideConfiguration(it -> it.putHeader("Connection", "close"));
    if (pin.matches(ETAG)) {
      request.ifMatch('"' + pin + '"');
    } else if (!pin.isEmpty()) {
      request.versionId(pin);
    }
    return request.build();
  }

  private static GetObjectResponse receive(
      GetObjectResponse response, AbortableInputStream body, Path file) throws IOException {
    if (response.contentLength() > MOST_BYTES) {
      body.abort();
      throw new IllegalStateException(
          "it is %d bytes long; at most %d are read."
              .formatted(response.contentLength(), MOST_BYTES));
    }
    Files.deleteIfExists(file);
    try (body) {
      if (Files.copy(body, file) < response.contentLength()) {
        throw new EOFException("body is not its " + response.contentLength() + " bytes long");
      }
    } catch (IOException e) {
      throw RetryableException.create("reading a model was cut short: " + e.getMessage(), e);
    }
    return response;
  }

  private String explain(S3Exception e, Part part, String key) {
    String pin = source.pin(part);
    String answer =
        "s3://%s/%s: S3 answered %d %s"
            .formatted(source.bucket(), key, e.statusCode(), e.awsErrorDetails().errorCode());
    return switch (e.statusCode()) {
      case 412 ->
          answer + "; expected the ETag %s, but another object has its place.".formatted(pin);
      case 400, 403, 404 ->
          answer
              + "; expected an object%s that the function may read.%s"
                  .formatted(
                      pin.isEmpty() ? "" : " of the version " + pin,
                      part == Part.MANIFEST ? " A manifest has to be there, and be it {}." : "");
      default -> answer + ".";
    };
  }
}
