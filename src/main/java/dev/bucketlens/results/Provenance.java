package dev.bucketlens.results;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What an object's metadata tells of where it comes from. The API fixes it for what it presigns;
 * whoever else may write to the bucket can write anything there.
 *
 * @param uploadedBy who put it there: a token's subject, or an ARN of AWS's; null if not told
 * @param fileName what its user calls the file; null if not told
 * @param requestId of the request to the API that gave leave to put it there; null if not told
 */
public record Provenance(String uploadedBy, String fileName, String requestId) {

  /** Nothing is told. */
  public static final Provenance UNKNOWN = new Provenance(null, null, null);

  /** The name of the metadata that holds {@code uploadedBy}, percent-encoded. */
  public static final String UPLOADED_BY = "uploaded-by";

  /** The name of the metadata that holds {@code fileName}, percent-encoded. */
  public static final String FILE_NAME = "file-name";

  /** The name of the metadata that holds {@code requestId}. */
  public static final String REQUEST_ID = "request-id";

  /** As the metadata of an object has it, its names without {@code x-amz-meta-}. */
  public static Provenance of(Map<String, String> metadata) {
    return new Provenance(
        decoded(metadata.get(UPLOADED_BY)),
        decoded(metadata.get(FILE_NAME)),
        decoded(metadata.get(REQUEST_ID)));
  }

  /** Others than the API may not encode: what is no encoding stays as it is. */
  private static String decoded(String value) {
    if (value == null || value.isBlank()) {
      return null;
    }
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
