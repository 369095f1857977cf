package dev.bucketlens.api;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/**
 * Signs requests that a browser then sends to S3 itself (Signature Version 4). The SDK presigns no
 * browser uploads, and signs reads for the current second only, which would make each address of
 * the same picture another one and defeat the browser's cache. Nothing here talks to AWS.
 */
public final class S3Signer {

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
    SignatureV4 signature =
        signature(Instant.ofEpochSecond(clock.instant().getEpochSecond() / step * step));
    URI url = URI.create(bucketUrl(bucket) + "/" + encode(key, true));
    String parameters =
        parameters(signature, 2 * step, versionId).entrySet().stream()
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue(), false))
            .collect(Collectors.joining("&"));
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
    return URI.create(url + "?" + parameters + "&X-Amz-Signature=" + signature.ofRequest(request));
  }

  private static Map<String, String> parameters(
      SignatureV4 signature, long seconds, String versionId) {
    Map<String, String> query = new TreeMap<>();
    query.put("X-Amz-Algorithm", SignatureV4.ALGORITHM);
    query.put("X-Amz-Credential", signature.credential());
    query.put("X-Amz-Date", signature.time());
    query.put("X-Amz-Expires", String.valueOf(seconds));
    query.put("X-Amz-SignedHeaders", "host");
    signature.sessionToken().ifPresent(token -> query.put("X-Amz-Security-Token", token));
    if (versionId != null) {
      query.put("versionId", versionId);
    }
    return query;
  }

  /**
   * Returns the form fields of a browser upload that may do just what {@code policy} says.
   *
   * @param fields fields that the form must send with exactly these values
   * @param maxBytes longest file
   */
  Map<String, String> presignPost(
      String bucket, Map<String, String> fields, long maxBytes, Instant expiresAt) {
    SignatureV4 signature = signature(clock.instant());
    Map<String, String> form = new LinkedHashMap<>(fields);
    form.put("x-amz-algorithm", SignatureV4.ALGORITHM);
    form.put("x-amz-credential", signature.credential());
    form.put("x-amz-date", signature.time());
    signature.sessionToken().ifPresent(token -> form.put("x-amz-security-token", token));
    String policy = PostPolicy.write(bucket, form, maxBytes, expiresAt);
    String encoded = Base64.getEncoder().encodeToString(Digests.utf8(policy));
    form.put("policy", encoded);
    form.put("x-amz-signature", signature.of(encoded));
    return form;
  }

  private SignatureV4 signature(Instant at) {
    return new SignatureV4(region, credentials.resolveCredentials(), at);
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
