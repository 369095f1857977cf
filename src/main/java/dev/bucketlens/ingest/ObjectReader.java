package dev.bucketlens.ingest;

import dev.bucketlens.results.Provenance;
import java.io.EOFException;
import java.io.IOException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads objects whole, within a limit. Thread-safe. Cut-off bodies are read again, as often as the
 * client's retries allow; what then still fails leaves as the SDK's exception.
 */
final class ObjectReader {
  private final S3Client s3;
  private final long maxBytes;

  /**
   * A reader that refuses more than {@code maxBytes} before it takes memory for them.
   *
   * @param maxBytes at most what one array can hold
   */
  ObjectReader(S3Client s3, long maxBytes) {
    this.s3 = s3;
    this.maxBytes = Math.min(maxBytes, Integer.MAX_VALUE - 16L);
  }

  long maxBytes() {
    return maxBytes;
  }

  /** Reads the very content that the event speaks of, by its version, otherwise by its eTag. */
  S3Answer readPinned(ObjectEvent event) {
    GetObjectRequest.Builder request = request(event);
    if (event.versionId() != null) {
      request.versionId(event.versionId());
    } else if (event.eTag() != null) {
      request.ifMatch(quoted(event.eTag()));
    }
    return read(request.build());
  }

  /**
   * Reads what the key shows now.
   *
   * @param knownETag content not to send again; null for none
   */
  S3Answer readCurrent(ObjectEvent event, String knownETag) {
    GetObjectRequest.Builder request = request(event);
    if (knownETag != null) {
      request.ifNoneMatch(quoted(knownETag));
    }
    return read(request.build());
  }

  private static GetObjectRequest.Builder request(ObjectEvent event) {
    return GetObjectRequest.builder().bucket(event.bucket()).key(event.key());
  }

  private S3Answer read(GetObjectRequest request) {
    try {
      return s3.getObject(request, ResponseTransformer.unmanaged(this::receive));
    } catch (S3Exception e) {
      return explain(e);
    }
  }

  private S3Answer receive(GetObjectResponse response, AbortableInputStream body)
      throws IOException {
    long length = response.contentLength();
    String eTag = unquoted(response.eTag());
    Provenance provenance = Provenance.of(response.metadata());
    if (length > maxBytes) {
      body.abort();
      return new S3Answer.TooLarge(length, eTag, response.versionId(), provenance);
    }
    byte[] bytes = new byte[(int) length];
    try (body) {
      // The JDK's HTTP client takes a connection that breaks for the end of the body. The end
      // itself has to be met as well: that is where the SDK compares checksums.
      if (body.readNBytes(bytes, 0, bytes.length) < bytes.length || body.read() >= 0) {
        throw new EOFException("body is not its " + length + " bytes long");
      }
    } catch (IOException e) {
      throw RetryableException.create("reading an object was cut short: " + e.getMessage(), e);
    }
    return new S3Answer.Found(bytes, eTag, response.versionId(), provenance);
  }

  /**
   * What is an answer rather than a failure; S3 names it by status, and by code where one is not
   * enough.
   */
  private static S3Answer explain(S3Exception e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    return switch (e.statusCode()) {
      case 304 -> new S3Answer.Unchanged();
      case 412 -> new S3Answer.Replaced();
      case 404 -> {
        if ("NoSuchBucket".equals(code)) {
          throw e;
        }
        yield new S3Answer.Gone();
      }
      // The version is a delete marker.
      case 405 -> new S3Answer.Gone();
      case 403 -> {
        if ("InvalidObjectState".equals(code)) {
          yield new S3Answer.Archived();
        }
        throw e;
      }
      default -> throw e;
    };
  }

  private static String quoted(String eTag) {
    return '"' + eTag + '"';
  }

  private static String unquoted(String eTag) {
    return eTag == null ? null : eTag.replace("\"", "");
  }
}
