package dev.bucketlens.testing;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket in memory that keeps every version, for schedules that would take hours over HTTP. The
 * same schedules run against S3Proxy too, which holds it to the truth.
 */
public final class MemoryS3 implements S3Client {

  private record Version(String id, String text) {}

  private final Map<String, List<Version>> versions = new HashMap<>();
  private final boolean versioned;
  private int nextVersion;

  /** Empty; with versions a deletion leaves a marker, without it leaves nothing. */
  public MemoryS3(boolean versioned) {
    this.versioned = versioned;
  }

  /** Gives the new version's id; null in a bucket without versions. */
  public synchronized String put(String key, String text) {
    List<Version> all = versions.computeIfAbsent(key, _ -> new ArrayList<>());
    if (!versioned) {
      all.clear();
    }
    Version version = new Version("v" + ++nextVersion, text);
    all.add(version);
    return versioned ? version.id() : null;
  }

  /** Deletes the key, and gives the id of the delete marker; null in a bucket without versions. */
  public synchronized String delete(String key) {
    if (versioned) {
      return put(key, null);
    }
    versions.remove(key);
    return null;
  }

  /** Removes the newest version for ever and gives its id; null if there is none. */
  public synchronized String removeNewest(String key) {
    List<Version> all = versions.getOrDefault(key, List.of());
    return all.isEmpty() ? null : all.removeLast().id();
  }

  /** What the key shows; null if nothing. */
  public synchronized String current(String key) {
    List<Version> all = versions.getOrDefault(key, List.of());
    return all.isEmpty() ? null : all.getLast().text();
  }

  /** The eTag that S3 would give the text. */
  public static String eTag(String text) {
    return "%032x".formatted(text.hashCode());
  }

  @Override
  public <T> T getObject(
      GetObjectRequest request, ResponseTransformer<GetObjectResponse, T> transformer) {
    Version version = find(request);
    String eTag = eTag(version.text());
    if (request.ifMatch() != null && !request.ifMatch().equals('"' + eTag + '"')) {
      throw failure(412, "PreconditionFailed");
    }
    if (request.ifNoneMatch() != null && request.ifNoneMatch().equals('"' + eTag + '"')) {
      throw failure(304, "NotModified");
    }
    byte[] bytes = version.text().getBytes(StandardCharsets.UTF_8);
    GetObjectResponse response =
        GetObjectResponse.builder()
            .contentLength((long) bytes.length)
            .eTag('"' + eTag + '"')
            .versionId(versioned ? version.id() : null)
            .build();
    try {
      return transformer.transform(
          response, AbortableInputStream.create(new ByteArrayInputStream(bytes)));
    } catch (Exception e) {
      throw SdkClientException.create("reading failed", e);
    }
  }

  private synchronized Version find(GetObjectRequest request) {
    List<Version> all = versions.getOrDefault(request.key(), List.of());
    if (request.versionId() != null) {
      return all.stream()
          .filter(v -> v.id().equals(request.versionId()))
          .findFirst()
          .orElseThrow(() -> failure(404, "NoSuchVersion"));
    }
    if (all.isEmpty() || all.getLast().text() == null) {
      throw failure(404, "NoSuchKey");
    }
    return all.getLast();
  }

  private static RuntimeException failure(int status, String code) {
    return S3Exception.builder()
        .statusCode(status)
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .message(code)
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
