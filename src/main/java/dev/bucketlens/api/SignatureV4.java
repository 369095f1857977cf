package dev.bucketlens.api;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.regions.Region;

/**
 * Signature Version 4 of AWS for S3, by one identity at one moment.
 *
 * @param at when it begins to be good; counts in whole seconds
 */
record SignatureV4(Region region, AwsCredentials identity, Instant at) {

  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Returns the moment as requests name it. */
  String time() {
    return TIME.format(at);
  }

  /** Returns who signs, and for what day, region and service. */
  String credential() {
    return identity.accessKeyId() + "/" + scope();
  }

  /** Returns what must come along where the credentials are temporary. */
  Optional<String> sessionToken() {
    return identity instanceof AwsSessionCredentials session
        ? Optional.of(session.sessionToken())
        : Optional.empty();
  }

  /** Signs a request in its canonical form. */
  String ofRequest(String canonical) {
    String hash = HexFormat.of().formatHex(Digests.sha256(canonical));
    return of(String.join("\n", ALGORITHM, time(), scope(), hash));
  }

  /** Signs a text as it is, such as the policy of a browser upload. */
  String of(String text) {
    byte[] key = Digests.utf8("AWS4" + identity.secretAccessKey());
    for (String part : scope().split("/", -1)) {
      key = Digests.hmac(key, Digests.utf8(part));
    }
    return HexFormat.of().formatHex(Digests.hmac(key, Digests.utf8(text)));
  }

  private String scope() {
    return time().substring(0, 8) + "/" + region.id() + "/s3/aws4_request";
  }
}
