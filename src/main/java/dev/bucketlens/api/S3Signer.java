package dev.bucketlens.api;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Signs requests that a browser then sends to S3 itself (Signature Version 4). The SDK presigns no
 * browser uploads, and signs reads for the current second only, which would make each address of
 * the same picture another one and defeat the browser's cache. Nothing here talks to AWS.
 */
public final class S3Signer {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Region region;
  private final URI endpoint;
  private final AwsCredentialsProvider credentials;
  private final Clock clock;

  /**
   * Creates a signer.
   *
   * @param endpoint null for AWS; otherwise addressed path-style
   */
  public S3Signer(Region region, URI endpoint, AwsCredentialsProvider credentials, Clock clock) {
    this.region = region;
    this.endpoint = endpoint;
    this.credentials = credentials;
    this.clock = clock;
  }

  /** Returns where {@code bucket} is reached, without a trailing slash. */
  URI bucketUrl(String bucket) {
    if (endpoint != null) {
      return URI.create(endpoint + "/" + bucket);
    }
    String suffix = PartitionMetadata.of(region).dnsSuffix();
    String host = "s3." + region.id() + "." + suffix;
    // A dot in the name would step out of the certificate's wildcard.
    return URI.create(
        bucket.contains(".") ? "https://" + host + "/" + bucket : "https://" + bucket + "." + host);
  }

  /**
   * Returns an address to read one object from, good for at least {@code life} and at most twice
   * that. It stays the same for up to {@code life}, so that browsers can cache what they read.
   */
  URI presignGet(String bucket, String key, String versionId, Duration life) {
    long step = life.toSeconds();
    Instant now = Instant.ofEpochSecond(clock.instant().getEpochSecond() / step * step);
    AwsCredentials identity = credentials.resolveCredentials();
    URI url = URI.create(bucketUrl(bucket) + "/" + encode(key, true));
    Map<String, String> query = new TreeMap<>();
    query.put("X-Amz-Algorithm", ALGORITHM);
    query.put("X-Amz-Credential", credential(identity, now));
    query.put("X-Amz-Date", TIME.format(now));
    query.put("X-Amz-Expires", String.valueOf(2 * step));
    query.put("X-Amz-SignedHeaders", "host");
    if (identity instanceof AwsSessionCredentials session) {
      query.put("X-Amz-Security-Token", session.sessionToken());
    }
    if (versionId != null) {
      query.put("versionId", versionId);
    }
    StringBuilder parameters = new StringBuilder();
    query.forEach(
        (name, value) ->
            parameters
                .append(parameters.isEmpty() ? "" : "&")
                .append(encode(name, false))
                .append('=')
                .append(encode(value, false)));
    String request =
        String.join(
            "\n",
            "GET",
            url.getRawPath(),
            parameters,
            "host:" + url.getRawAuthority(),
            "",
            "host",
            "UNSIGNED-PAYLOAD");
    String toSign = String.join("\n", ALGORITHM, TIME.format(now), scope(now), sha256(request));
    return URI.create(url + "?" + parameters + "&X-Amz-Signature=" + sign(identity, now, toSign));
  }

  /**
   * Returns the form fields of a browser upload that may do just what {@code policy} says.
   *
   * @param fields fields that the form must send with exactly these values
   * @param maxBytes longest file
   */
  Map<String, String> presignPost(
      String bucket, Map<String, String> fields, long maxBytes, Instant expiresAt) {
    Instant now = clock.instant();
    AwsCredentials identity = credentials.resolveCredentials();
    Map<String, String> form = new LinkedHashMap<>(fields);
    form.put("x-amz-algorithm", ALGORITHM);
    form.put("x-amz-credential", credential(identity, now));
    form.put("x-amz-date", TIME.format(now));
    if (identity instanceof AwsSessionCredentials session) {
      form.put("x-amz-security-token", session.sessionToken());
    }
    String policy = PostPolicy.write(bucket, form, maxBytes, expiresAt);
    String encoded = Base64.getEncoder().encodeToString(policy.getBytes(StandardCharsets.UTF_8));
    form.put("policy", encoded);
    form.put("x-amz-signature", sign(identity, now, encoded));
    return form;
  }

  private String scope(Instant now) {
    return TIME.format(now).substring(0, 8) + "/" + region.id() + "/s3/aws4_request";
  }

  private String credential(AwsCredentials identity, Instant now) {
    return identity.accessKeyId() + "/" + scope(now);
  }

  private String sign(AwsCredentials identity, Instant now, String text) {
    byte[] key = ("AWS4" + identity.secretAccessKey()).getBytes(StandardCharsets.UTF_8);
    for (String part : scope(now).split("/", -1)) {
      key = hmac(key, part);
    }
    return HexFormat.of().formatHex(hmac(key, text));
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has HmacSHA256", e);
    }
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Encodes as RFC 3986 has it; slashes of a key stay. */
  private static String encode(String text, boolean keepSlashes) {
    String encoded =
        URLEncoder.encode(text, StandardCharsets.UTF_8)
            .replace("+", "%20")
            .replace("*", "%2A")
            .replace("%7E", "~");
    return keepSlashes ? encoded.replace("%2F", "/") : encoded;
  }
}
