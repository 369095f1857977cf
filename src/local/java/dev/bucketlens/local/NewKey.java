package dev.bucketlens.local;

import java.nio.charset.StandardCharsets;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The keys that S3 gives to an object; those of objects that are there need no such look. */
final class NewKey {

  /** Bytes in UTF-8. */
  private static final int LONGEST = 1024;

  private NewKey() {}

  /**
   * Returns the {@link KeyPath} of an object that may not be there yet.
   *
   * @throws S3Exception as S3 answers to a key that it does not take
   */
  static String path(String key) {
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST) {
      throw refused(
          "KeyTooLongError",
          "The key has %d bytes; at most %d are allowed.".formatted(bytes, LONGEST));
    }
    if (climbsOut(key)) {
      throw S3Exceptions.invalidArgument("The key has more '..' than folders before them.");
    }
    return KeyPath.of(key);
  }

  private static boolean climbsOut(String key) {
    int depth = 0;
    for (String part : key.split("/", -1)) {
      depth += part.equals("..") ? -1 : 1;
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }

  private static S3Exception refused(String code, String message) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(400)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage(message).build())
            .build();
  }
}
